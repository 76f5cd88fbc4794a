using SlmPlanner.Calibrator.Measurement;
using SlmPlanner.Data.Measurements.Bursts;

namespace SlmPlanner.Calibrator.Runs;

/// <summary>What a burst is expected to take, so that a run keeps its budget.</summary>
internal static class BurstCost
{
    private const double StartSeconds = 0.7;

    /// <summary>Ranks are started through a launcher and join each other first.</summary>
    private const double RankedStartSeconds = 2.5;
    private const double TimedSteps = 9;

    /// <summary>Rounds of a race: the first ones are slower, most of all with full sharding and over TCP.</summary>
    private const double TimedRounds = 14;
    private const double LeastTimedSeconds = 1;

    /// <summary>Steps under the exact allocator count about twice.</summary>
    private const double MemorySteps = 4.4;

    /// <summary>Seconds that the timed steps of a burst may take; on several ranks, those of all schemes that race.</summary>
    /// <param name="spec">The configuration.</param>
    /// <param name="stepSeconds">Predicted step time.</param>
    public static double TimedSeconds(BurstSpec spec, double stepSeconds) =>
        spec.Parallelism == BurstParallelism.OneRank
            ? Math.Max(LeastTimedSeconds, TimedSteps * stepSeconds)
            : SchemeRace.Schemes.Count * Math.Max(LeastTimedSeconds, TimedRounds * stepSeconds);

    /// <summary>Seconds for the whole burst.</summary>
    public static double Seconds(BurstSpec spec, double stepSeconds, bool withMemory)
    {
        var start = spec.Parallelism == BurstParallelism.OneRank ? StartSeconds : RankedStartSeconds;
        return start + TimedSeconds(spec, stepSeconds) + (withMemory ? start + MemorySteps * stepSeconds : 0);
    }

    /// <summary>Ranks that take longer than this hang; they are ended, and the run goes on.</summary>
    /// <param name="timedSeconds">Seconds that the timed steps may take.</param>
    public static TimeSpan LongestRun(double timedSeconds) => TimeSpan.FromSeconds(30 + 10 * timedSeconds);

    /// <summary>Every other burst is measured for memory too, by the number of bursts before it; memory hardly varies.</summary>
    public static bool WithMemory(int done) => done % 2 == 0;

    /// <summary>Parameters and moments alone, as a floor of what a burst needs.</summary>
    public static double StateBytes(BurstSpec spec) => 16 * Core.Models.ParameterCount.Of(spec.Shape).Total;
}
