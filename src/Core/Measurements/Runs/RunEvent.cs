using System.Text.Json.Serialization;

namespace SlmPlanner.Core.Measurements.Runs;

/// <summary>What happened in a run beside steps.</summary>
/// <param name="Kind">What.</param>
/// <param name="Step">The step after which it happened.</param>
/// <param name="Clock">When, on the log's clock; NaN where it does not say.</param>
/// <param name="Seconds">How long it took; NaN where the log does not say.</param>
/// <param name="Ratio">For a change of speed: step time after it over step time before it; else NaN.</param>
public sealed record RunEvent(RunEventKind Kind, int Step, double Clock = double.NaN, double Seconds = double.NaN,
    double Ratio = double.NaN);

/// <summary>The kinds of events.</summary>
public enum RunEventKind
{
    /// <summary>An evaluation.</summary>
    [JsonStringEnumMemberName("evaluation")] Evaluation,

    /// <summary>A checkpoint.</summary>
    [JsonStringEnumMemberName("checkpoint")] Checkpoint,

    /// <summary>A compiler.</summary>
    [JsonStringEnumMemberName("compilation")] Compilation,

    /// <summary>The program started again.</summary>
    [JsonStringEnumMemberName("restart")] Restart,

    /// <summary>The log's clock went back.</summary>
    [JsonStringEnumMemberName("clock_reset")] ClockReset,

    /// <summary>The device ran out of memory.</summary>
    [JsonStringEnumMemberName("out_of_memory")] OutOfMemory,

    /// <summary>Steps are slower or faster from here on.</summary>
    [JsonStringEnumMemberName("change")] Change,

    /// <summary>The run stood still between two steps.</summary>
    [JsonStringEnumMemberName("gap")] Gap,

    /// <summary>The program ended by itself.</summary>
    [JsonStringEnumMemberName("end")] End,
}
