using SlmPlanner.Core.Memory.Components;

namespace SlmPlanner.Core.Memory;

/// <summary>What the memory fit found: constants, spreads, and what an unknown stack may be.</summary>
/// <param name="Constants">The fitted numbers.</param>
/// <param name="KnownStackLogSpread">Standard deviation of the logarithm of the peak for sources left out, where the stack's traits are known.</param>
/// <param name="UnknownStackLogSpread">The same around each stack of the mixture, where the stack is not named.</param>
/// <param name="Mixture">What an unknown stack may be.</param>
public sealed record FittedMemory(
    MemoryConstants Constants,
    double KnownStackLogSpread,
    double UnknownStackLogSpread,
    IReadOnlyList<StackWeight> Mixture)
{
    /// <summary>Nothing fitted: what documents suggest, taken as certain.</summary>
    public static FittedMemory None { get; } = new(MemoryConstants.Documented, 0, 0, []);
}

/// <summary>A known stack that an unknown one may be like.</summary>
/// <param name="Stack">Its name in the catalog of stacks; empty for an unknown stack's own traits.</param>
/// <param name="Weight">Probability, above 0; all add up to 1.</param>
public sealed record StackWeight(string Stack, double Weight);
