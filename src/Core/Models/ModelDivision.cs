using SlmPlanner.Core.Models.Blocks;
using SlmPlanner.Core.Training;

namespace SlmPlanner.Core.Models;

/// <summary>By what a model can be divided.</summary>
internal static class ModelDivision
{
    /// <summary>
    /// True when ranks can share a model so: heads and feed-forward of every block among ranks, blocks among stages and their parts,
    /// experts among ranks that see other tokens. State spaces and other recurrences are divided among stages alone: how their scans are
    /// shared is not modelled.
    /// </summary>
    /// <param name="shape">The model.</param>
    /// <param name="scheme">The axes.</param>
    public static bool Allows(TransformerShape shape, Scheme scheme) =>
        scheme.Pipeline * scheme.Chunks <= shape.Layers
        && (scheme is { Tensor: 1, Context: 1 } || !shape.HasRecurrence)
        && shape.Blocks.Kinds.All(kind => AllowsTensor(kind.Block, scheme.Tensor))
        && AllowsExperts(shape, scheme);

    /// <summary>
    /// True when it is known how stages of a pipeline train what is to be trained. Where the first blocks are frozen, stages before the
    /// first trained one have forward passes alone. With several parts for each stage the last part of every stage may be trained and its
    /// first ones frozen: how such a schedule fills its waiting is not known.
    /// </summary>
    /// <param name="chunks">Parts of each stage, ≥ 1.</param>
    /// <param name="tuning">Which parameters are trained.</param>
    public static bool Trains(int chunks, in Tuning tuning) => chunks == 1 || tuning.Method != TuningMethod.Freeze;

    private static bool AllowsTensor(Block block, int tensor) =>
        block.Mixers.All(mixer => mixer.Core is not { } core || core.Heads % tensor == 0) && block.FeedForward switch
        {
            DenseFeedForward dense => dense.Width % tensor == 0,
            Experts experts => experts.Width % tensor == 0 && experts.SharedWidth % tensor == 0,
            _ => true,
        };

    /// <summary>Equal numbers of experts for each rank.</summary>
    private static bool AllowsExperts(TransformerShape shape, Scheme scheme) => scheme.Expert == 1
        || (shape.HasExperts
            && shape.Blocks.Kinds.All(kind => kind.Block.FeedForward is not Experts experts || experts.Count % scheme.Expert == 0));
}
