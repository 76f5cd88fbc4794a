using SlmPlanner.Core.Training;

namespace SlmPlanner.Core.Memory;

/// <summary>
/// A kind of known stack that an unknown one may be like, and what its users state: the weight times the likelihoods of the sharding and
/// of the feed-forward is the probability that it is of this kind.
/// </summary>
/// <param name="Stack">A stack of the kind by its name in the catalog of stacks; empty for an unknown stack's own traits.</param>
/// <param name="Weight">Probability before anything is stated, above 0; all add up to 1.</param>
/// <param name="OneDevice">Share of its publications that use one device.</param>
/// <param name="Replicated">The same with several devices and whole states on each.</param>
/// <param name="ShardedStates">The same with ZeRO's first or second stage.</param>
/// <param name="FullySharded">The same with sharded parameters.</param>
/// <param name="Gated">Share that train models with gated feed-forwards.</param>
public sealed record StackWeight(
    string Stack, double Weight, double OneDevice = 1, double Replicated = 1, double ShardedStates = 1, double FullySharded = 1,
    double Gated = 0.5)
{
    /// <summary>Weight given a sharding and a feed-forward, not yet divided by the sum over kinds.</summary>
    /// <param name="group">One of <see cref="GroupOf"/>.</param>
    /// <param name="gated">Whether the feed-forward has a gate.</param>
    internal double Given(int group, bool gated) => Weight * (gated ? Gated : 1 - Gated) * group switch
    {
        0 => OneDevice,
        1 => Replicated,
        2 => ShardedStates,
        _ => FullySharded,
    };

    /// <summary>Groups of <see cref="GroupOf"/>.</summary>
    internal const int Groups = 4;

    /// <summary>0 one device, 1 replicas, 2 ZeRO's first or second stage, 3 sharded parameters.</summary>
    internal static int GroupOf(in TrainingSetup setup) => setup.Gpus == 1 ? 0 : setup.Sharded switch
    {
        ShardedState.None => 1,
        ShardedState.Parameters => 3,
        _ => 2,
    };
}
