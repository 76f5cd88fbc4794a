using SlmPlanner.Core.Training;

namespace SlmPlanner.Core.Models;

/// <summary>By what a model can be divided.</summary>
internal static class ModelDivision
{
    /// <summary>
    /// True when ranks can share a model so: heads and feed-forward among ranks, blocks among stages and their parts. Models whose blocks
    /// differ, those with experts among them, are not shared: how their sums divide is not modelled.
    /// </summary>
    /// <param name="shape">The model.</param>
    /// <param name="scheme">The axes.</param>
    public static bool Allows(TransformerShape shape, Scheme scheme) =>
        shape.Heads % scheme.Tensor == 0 && shape.DFfn % scheme.Tensor == 0 && scheme.Pipeline * scheme.Chunks <= shape.Layers && scheme.Expert == 1
        && (shape.Sequence is null || scheme is { Tensor: 1, Pipeline: 1, Context: 1 });
}
