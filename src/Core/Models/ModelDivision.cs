using SlmPlanner.Core.Models.Blocks;
using SlmPlanner.Core.Training;

namespace SlmPlanner.Core.Models;

/// <summary>By what a model can be divided.</summary>
internal static class ModelDivision
{
    /// <summary>
    /// True when ranks can share a model so: heads and feed-forward of every block among ranks, blocks among stages and their parts, experts among
    /// data-parallel ranks. State spaces and other recurrences are divided among stages alone: how their scans are shared is not modelled.
    /// </summary>
    /// <param name="shape">The model.</param>
    /// <param name="scheme">The axes.</param>
    public static bool Allows(TransformerShape shape, Scheme scheme) =>
        scheme.Pipeline * scheme.Chunks <= shape.Layers
        && (scheme is { Tensor: 1, Context: 1 } || !shape.HasRecurrence)
        && shape.Blocks.Kinds.All(kind => AllowsTensor(kind.Block, scheme.Tensor))
        && AllowsExperts(shape, scheme);

    private static bool AllowsTensor(Block block, int tensor) =>
        block.Mixers.All(mixer => mixer.Core is not { } core || core.Heads % tensor == 0) && block.FeedForward switch
        {
            DenseFeedForward dense => dense.Width % tensor == 0,
            Experts experts => experts.Width % tensor == 0 && experts.SharedWidth % tensor == 0,
            _ => true,
        };

    /// <summary>Equal numbers of experts for each rank, in flat groups of data-parallel ranks: groups inside groups are not modelled.</summary>
    private static bool AllowsExperts(TransformerShape shape, Scheme scheme) => scheme.Expert == 1
        || (scheme is { Group: 0, Name: not SchemeName.Hsdp } && shape.HasExperts
            && shape.Blocks.Kinds.All(kind => kind.Block.FeedForward is not Experts experts || experts.Count % scheme.Expert == 0));
}
