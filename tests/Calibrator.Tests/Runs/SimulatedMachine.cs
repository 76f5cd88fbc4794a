using SlmPlanner.Calibrator.Machine;
using SlmPlanner.Calibrator.Runs;
using SlmPlanner.Core.Hardware;
using SlmPlanner.Data.Measurements.Bursts;
using SlmPlanner.Data.Measurements.Runs;

namespace SlmPlanner.Calibrator.Tests.Runs;

/// <summary>The synthetic machine as a run sees it: what it measures takes time on a clock that stands otherwise.</summary>
internal sealed class SimulatedMachine(HandClock clock) : IMeasuredMachine
{
    private const double StartSeconds = 0.7;
    private static readonly Accelerator Device = MachineSpec.Of(SyntheticMachine.Environment, SyntheticMachine.Micro);

    /// <summary>Seconds that the micro-benchmarks take, whatever they are asked for.</summary>
    public double MicroSeconds { get; init; } = 6;

    /// <summary>How much longer everything takes than the model of a quiet machine says.</summary>
    public double Slowness { get; init; } = 1;

    /// <summary>True when every burst breaks.</summary>
    public bool IsBroken { get; init; }

    /// <summary>The limit that the micro-benchmarks were given.</summary>
    public double? MicroLimit { get; private set; }

    public RunEnvironment Describe() => SyntheticMachine.Environment;

    public Task<IReadOnlyList<MicroSample>> Micro(double budgetSeconds, double limitSeconds, CancellationToken stop)
    {
        MicroLimit = limitSeconds;
        clock.Advance(MicroSeconds);
        return Task.FromResult(SyntheticMachine.Micro);
    }

    public (CollectiveMeasurement? Measured, string? Failure) Collectives(TimeSpan limit, CancellationToken stop) => (null, "one rank");

    public Task<IReadOnlyList<BurstResult>> Burst(BurstSpec spec, double timedSeconds, bool withMemory, CancellationToken stop)
    {
        clock.Advance(Slowness * (StartSeconds + timedSeconds));
        var seconds = Slowness * SyntheticMachine.StepSeconds(Device, spec);
        BurstResult result = new()
        {
            Spec = spec,
            Device = "synthetic",
            Status = IsBroken ? BurstStatus.Failed : BurstStatus.Ok,
            StepTimeS = IsBroken ? null : new(seconds, seconds, seconds, 0, seconds, 6),
            TokensPerS = IsBroken ? null : spec.TokensPerStep / seconds,
        };
        return Task.FromResult<IReadOnlyList<BurstResult>>([result]);
    }
}
