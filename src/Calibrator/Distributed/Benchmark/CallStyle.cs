using SlmPlanner.Data.Measurements.Runs;

namespace SlmPlanner.Calibrator.Distributed.Benchmark;

/// <summary>How a benchmark calls collectives; libraries have different algorithms for the two ways.</summary>
internal enum CallStyle
{
    /// <summary>One call that returns when done.</summary>
    Blocking,

    /// <summary>Start, then wait.</summary>
    NonBlocking,

    /// <summary>As the training of this program does: reductions are started and waited for, gathers block.</summary>
    Training,
}

/// <summary>What a call style means for an operation.</summary>
internal static class CallStyles
{
    /// <summary>True when the operation is started and waited for.</summary>
    public static bool IsNonBlocking(this CallStyle style, CollectiveKind kind) =>
        style == CallStyle.NonBlocking || (style == CallStyle.Training
            && kind is (CollectiveKind.AllReduce or CollectiveKind.ReduceScatter));
}
