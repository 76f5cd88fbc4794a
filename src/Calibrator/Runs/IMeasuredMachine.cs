using SlmPlanner.Data.Measurements.Bursts;
using SlmPlanner.Data.Measurements.Runs;

namespace SlmPlanner.Calibrator.Runs;

/// <summary>The machine under a run. A run decides what is measured and when; this measures it.</summary>
internal interface IMeasuredMachine
{
    /// <summary>What the machine is and how it is measured.</summary>
    RunEnvironment Describe();

    /// <summary>Cores that other programs use right now, watched for some seconds; null where the system does not tell.</summary>
    Task<double?> OtherCores(CancellationToken stop);

    /// <summary>Runs the micro-benchmarks.</summary>
    /// <param name="budgetSeconds">Seconds that the suite should take.</param>
    /// <param name="limitSeconds">Seconds after which only what a profile cannot do without is measured, once each.</param>
    /// <param name="stop">Ends it and throws.</param>
    Task<IReadOnlyList<MicroSample>> Micro(double budgetSeconds, double limitSeconds, CancellationToken stop);

    /// <summary>Times the collectives between the run's ranks.</summary>
    /// <param name="limit">The longest that they may take.</param>
    /// <param name="stop">Ends it and throws.</param>
    /// <returns>The measurement, or why there is none.</returns>
    (CollectiveMeasurement? Measured, string? Failure) Collectives(TimeSpan limit, CancellationToken stop);

    /// <summary>
    /// Measures a burst; on several ranks all schemes race and each is a result. What breaks or runs out of memory is a result too.
    /// </summary>
    /// <param name="spec">The configuration.</param>
    /// <param name="timedSeconds">Seconds for the timed steps.</param>
    /// <param name="withMemory">True to measure peak memory too.</param>
    /// <param name="stop">Ends it and throws.</param>
    Task<IReadOnlyList<BurstResult>> Burst(BurstSpec spec, double timedSeconds, bool withMemory, CancellationToken stop);
}
