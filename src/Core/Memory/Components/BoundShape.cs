using SlmPlanner.Core.Models;
using SlmPlanner.Core.Models.Blocks;
using SlmPlanner.Core.Training;

namespace SlmPlanner.Core.Memory.Components;

/// <summary>The numbers of a shape that memory depends on, in a stack: computed once, read for every setup.</summary>
internal sealed class BoundShape(TransformerShape shape, MemoryTraits traits, MemoryConstants constants)
{
    public readonly MemoryTraits Traits = traits;
    public readonly MemoryConstants Constants = constants;
    public readonly double Layers = shape.Layers;
    public readonly double Width = shape.DModel;

    /// <summary>Widths and heads of a block, the mean where blocks differ.</summary>
    public readonly double
        Query = Mean(shape, block => Attention(block).Sum(core => core.ScoreWidth)),
        KeyValue = Mean(shape, block => Attention(block).Sum(core => (core.KeyWidth + core.KeptValueWidth) / 2)),
        FeedForward = Mean(shape, block => block.FeedForward?.ActiveWidth ?? 0),
        Heads = Mean(shape, block => Attention(block).Sum(core => core.Heads)),
        NormsPerLayer = Mean(shape, block => block.Norms);

    /// <summary>Elements per token that a block keeps beside those: latents, and what recurrences read and write.</summary>
    public readonly double StateElements = Mean(shape, block => block.Mixers.Sum(mixer => mixer.LatentElements + mixer.StateElements));

    /// <summary>Copies of a token that a block sends to experts.</summary>
    public readonly double RoutedCopies = Mean(shape, block => block.FeedForward?.RoutedCopies ?? 0);

    public readonly double Vocab = shape.Vocab;
    public readonly bool Gated = shape.FfnKind == FfnKind.Swiglu;
    public readonly bool EagerNorms = shape.Norm == NormKind.RmsNorm && !traits.FusedNorms;
    /// <summary>Recipes with gated feed-forwards, Llama's and its followers', train without dropout whatever the stack.</summary>
    public readonly bool Dropout = traits.Dropout && shape.FfnKind != FfnKind.Swiglu;

    public readonly bool QueryKeyNorm = shape.QkNorm != QkNormKind.None;

    public readonly double Parameters = ParameterCount.Of(shape).Total;

    /// <summary>Parameters of one block, the largest: a unit of sharding.</summary>
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
    public readonly double RootParameters = ParameterCount.Of(shape).Total - ParameterCount.OfBlocks(shape);

    private static double Mean(TransformerShape shape, Func<Block, double> amount) =>
        shape.Blocks is [var only] ? amount(only.Block) : shape.Blocks.Sum(run => run.Count * amount(run.Block)) / shape.Layers;

    private static IEnumerable<AttentionCore> Attention(Block block) => block.Mixers.Select(mixer => mixer.Core).OfType<AttentionCore>();
}
