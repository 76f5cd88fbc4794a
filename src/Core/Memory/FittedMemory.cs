using SlmPlanner.Core.Memory.Components;

namespace SlmPlanner.Core.Memory;

/// <summary>What the memory fit found: constants, spreads, and what an unknown stack may be.</summary>
/// <param name="Constants">The fitted numbers.</param>
/// <param name="KnownStackLogSpread">Spread of the logarithm of the peak for sources left out, where the stack's traits are known.</param>
/// <param name="UnknownStackLogSpread">The same around each kind of the mixture, where the stack is not named.</param>
/// <param name="Mixture">What an unknown stack may be.</param>
/// <param name="RunnableShare">
/// How far a row's open fields are taken to be such that it runs: 0 not at all, 1 wholly. Someone who leaves a field open mostly ran what
/// they describe.
/// </param>
/// <param name="SharedShare">Share of a peak's variance that the runs of a publication have in common, 0 to 1: what one of them tells of
/// the others, where the stack's traits are known.</param>
/// <param name="UnknownSharedShare">The same where the stack is not named.</param>
public sealed record FittedMemory(
    MemoryConstants Constants,
    double KnownStackLogSpread,
    double UnknownStackLogSpread,
    IReadOnlyList<StackWeight> Mixture,
    double RunnableShare = 0,
    double SharedShare = 0,
    double UnknownSharedShare = 0)
{
    /// <summary>Nothing fitted: what documents suggest, taken as certain.</summary>
    public static FittedMemory None { get; } = new(MemoryConstants.Documented, 0, 0, []);
}
