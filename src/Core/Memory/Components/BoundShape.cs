using SlmPlanner.Core.Models;
using SlmPlanner.Core.Training;

namespace SlmPlanner.Core.Memory.Components;

/// <summary>The numbers of a shape that memory depends on, in a stack: computed once, read for every setup.</summary>
internal sealed class BoundShape(TransformerShape shape, MemoryTraits traits, MemoryConstants constants)
{
    public readonly MemoryTraits Traits = traits;
    public readonly MemoryConstants Constants = constants;
    public readonly double Layers = shape.Layers;
    public readonly double Width = shape.DModel;
    public readonly double Query = (double)shape.Heads * shape.HeadDim;
    public readonly double KeyValue = (double)shape.KvHeads * shape.HeadDim;
    public readonly double FeedForward = shape.DFfn;
    public readonly double Heads = shape.Heads;
    public readonly double NormsPerLayer = shape.NormsPerLayer;
    public readonly double Vocab = shape.Vocab;
    public readonly bool Gated = shape.FfnKind == FfnKind.Swiglu;
    public readonly bool EagerNorms = shape.Norm == NormKind.RmsNorm && !traits.FusedNorms;
    /// <summary>Recipes with gated feed-forwards, Llama's and its followers', train without dropout whatever the stack.</summary>
    public readonly bool Dropout = traits.Dropout && shape.FfnKind != FfnKind.Swiglu;

    public readonly bool QueryKeyNorm = shape.QkNorm != QkNormKind.None;

    public readonly double Parameters = ParameterCount.Of(shape).Total;

    /// <summary>Parameters of one block: a unit of sharding.</summary>
    public readonly double BlockParameters = ParameterCount.OfBlock(shape);

    /// <summary>Parameters of no block: embeddings, final norm and head, the root unit of sharding.</summary>
    public double RootParameters => Parameters - (Layers * BlockParameters);
}
