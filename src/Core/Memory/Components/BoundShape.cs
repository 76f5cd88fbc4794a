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

    /// <summary>The larger of a block and of what lies in none.</summary>
    public double LargestUnit => Math.Max(BlockParameters, RootParameters);

    /// <summary>Share of the parameters that lie in blocks, 0 to 1.</summary>
    public double BlockShare => Layers * BlockParameters / Parameters;

    /// <summary>Parameters of the largest matrix of a block.</summary>
    public double LargestMatrix => Width * Math.Max(FeedForward, Query);

    /// <summary>
    /// Parameters that are trained: rank · (inputs + outputs) of every matrix with an adapter (Hu et al. 2021, section 4.1), the last
    /// blocks, or all.
    /// </summary>
    public double Trained(in Tuning tuning) => tuning.Method switch
    {
        TuningMethod.Full => Parameters,
        TuningMethod.Freeze => Math.Min(Layers, tuning.TrainedBlocks) * BlockParameters,
        _ => Layers * tuning.Rank * AdapterWidths(tuning.Targets),
    };

    /// <summary>Inputs and outputs of the matrices of a block that have adapters.</summary>
    private double AdapterWidths(AdapterTargets targets) =>
        (2 * (Width + Query)) + (2 * (Width + KeyValue)) + (targets == AdapterTargets.All ? (Gated ? 3 : 2) * (Width + FeedForward) : 0);

    /// <summary>Elements per token that the adapters of a block read.</summary>
    public double AdapterReads(AdapterTargets targets) =>
        (3 * Width) + Query + (targets == AdapterTargets.All ? ((Gated ? 2 : 1) * Width) + FeedForward : 0);

    /// <summary>Parameters of no block: embeddings, final norm and head, the root unit of sharding.</summary>
    public double RootParameters => Parameters - (Layers * BlockParameters);
}
