using SlmPlanner.Calibrator.Distributed.Collectives;
using SlmPlanner.Data.Measurements.Runs;

namespace SlmPlanner.Calibrator.Distributed.Benchmark;

/// <summary>What to measure.</summary>
/// <param name="Kinds">The operations, in order.</param>
/// <param name="Sizes">Whole-message sizes in bytes, ascending, multiples of the element size times the ranks.</param>
/// <param name="Type">The number format.</param>
/// <param name="Rounds">Samples per point, ≥ 3.</param>
/// <param name="RoundSeconds">About how long one sample should take; sets its iterations.</param>
/// <param name="Calls">How they are called.</param>
/// <param name="LongestSeconds">An operation's sizes end with the first that takes longer, so that a slow link is measured in bounded
/// time.</param>
internal sealed record CollectiveSweep(
    IReadOnlyList<CollectiveKind> Kinds, IReadOnlyList<long> Sizes, ElementType Type, int Rounds, double RoundSeconds, CallStyle Calls,
    double LongestSeconds = double.PositiveInfinity)
{
    /// <summary>The operations that move data.</summary>
    public static IReadOnlyList<CollectiveKind> MovingKinds { get; } =
        [CollectiveKind.AllReduce, CollectiveKind.ReduceScatter, CollectiveKind.AllGather, CollectiveKind.Broadcast];

    /// <summary>The operations of a sweep: training never broadcasts in a step.</summary>
    public static IReadOnlyList<CollectiveKind> KindsFor(CallStyle calls) => calls == CallStyle.Training
        ? [CollectiveKind.AllReduce, CollectiveKind.ReduceScatter, CollectiveKind.AllGather]
        : MovingKinds;

    /// <summary>
    /// Sizes from the smallest to the largest, each four times the one before, rounded up to whole elements on each rank.
    /// </summary>
    public static IReadOnlyList<long> SizesBetween(long smallest, long largest, ElementType type, int ranks)
    {
        var unit = (long)type.Width() * ranks;
        var sizes = new List<long>();
        for (var size = smallest; size <= largest; size *= 4)
            sizes.Add((size + unit - 1) / unit * unit);
        return sizes;
    }
}
