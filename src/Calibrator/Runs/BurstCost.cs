using SlmPlanner.Calibrator.Bursts;

namespace SlmPlanner.Calibrator.Runs;

/// <summary>What a burst is expected to take, so that a run keeps its budget.</summary>
internal static class BurstCost
{
    private const double StartSeconds = 0.7;
    private const double TimedSteps = 9;
    private const double LeastTimedSeconds = 1;

    /// <summary>Steps under the exact allocator count about twice.</summary>
    private const double MemorySteps = 4.4;

    /// <summary>Seconds that the timed steps of a burst may take.</summary>
    /// <param name="stepSeconds">Predicted step time.</param>
    public static double TimedSeconds(double stepSeconds) => Math.Max(LeastTimedSeconds, TimedSteps * stepSeconds);

    /// <summary>Seconds for the whole burst.</summary>
    public static double Seconds(double stepSeconds, bool withMemory) =>
        StartSeconds + TimedSeconds(stepSeconds) + (withMemory ? StartSeconds + MemorySteps * stepSeconds : 0);

    /// <summary>Every other burst is measured for memory too, by the number of bursts before it; memory hardly varies.</summary>
    public static bool WithMemory(int done) => done % 2 == 0;

    /// <summary>Parameters and moments alone, as a floor of what a burst needs.</summary>
    public static double StateBytes(BurstSpec spec) => 16 * Core.Models.ParameterCount.Of(spec.Shape).Total;
}
