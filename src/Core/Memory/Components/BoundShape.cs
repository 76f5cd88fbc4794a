using SlmPlanner.Core.Models;
using SlmPlanner.Core.Models.Blocks;
using SlmPlanner.Core.Training;

namespace SlmPlanner.Core.Memory.Components;

/// <summary>The numbers of a shape that memory depends on, in a stack: computed once, read for every setup.</summary>
internal sealed record BoundShape(TransformerShape Shape, MemoryTraits Traits, MemoryConstants Constants)
{
    /// <summary>Share of what comes and goes that learned peaks add.</summary>
    public double Learned { get; init; }

    public double Layers { get; init; } = Shape.Layers;
    public double Width { get; init; } = Shape.DModel;

    /// <summary>Width in which what goes from block to block is kept: divided under sequence parallelism.</summary>
    public double ResidualWidth { get; init; } = Shape.DModel;

    /// <summary>Width of the final norm; 0 on a stage without it.</summary>
    public double FinalWidth { get; init; } = Shape.DModel;

    /// <summary>Width of one head.</summary>
    public double HeadDim { get; init; } = Shape.HeadDim;

    /// <summary>Stages of a pipeline, 1 without one.</summary>
    public int Stages { get; init; } = 1;

    /// <summary>Stages from this one to the last, itself included.</summary>
    public int StagesAhead { get; init; } = 1;

    /// <summary>Blocks that have a backward pass, on a stage of a pipeline whose first blocks are frozen; else null.</summary>
    public double? BackwardBlocks { get; init; }

    /// <summary>False on a stage of a pipeline before the first trained block: it keeps nothing for gradients.</summary>
    public bool HasBackward { get; init; } = true;

    /// <summary>Parameters of the table of the embedding, or of the head.</summary>
    public double TableParameters { get; init; } = (double)Shape.Vocab * (Shape.EmbeddingWidth ?? Shape.DModel);

    /// <summary>Query width of a block, the mean where blocks differ, as the next ones.</summary>
    public double Query { get; init; } = Mean(Shape, block => Attention(block).Sum(core => core.ScoreWidth));

    /// <summary>Width of keys, and of values.</summary>
    public double KeyValue { get; init; } = Mean(Shape, block => Attention(block).Sum(core => (core.KeyWidth + core.KeptValueWidth) / 2));

    /// <summary>Feed-forward width that a token passes.</summary>
    public double FeedForward { get; init; } = Mean(Shape, block => block.FeedForward?.ActiveWidth ?? 0);

    /// <summary>Query heads.</summary>
    public double Heads { get; init; } = Mean(Shape, block => Attention(block).Sum(core => core.Heads));

    /// <summary>Norms of a block.</summary>
    public double NormsPerLayer { get; init; } = Mean(Shape, block => block.Norms);

    /// <summary>Elements per token that a block keeps beside those: latents, and what recurrences read and write.</summary>
    public double StateElements { get; init; } = Mean(Shape,
        block => block.Mixers.Sum(mixer => mixer.LatentElements + mixer.StateElements));

    /// <summary>Copies of a token that a block sends to experts.</summary>
    public double RoutedCopies { get; init; } = Mean(Shape, block => block.FeedForward?.RoutedCopies ?? 0);

    /// <summary>Width of the routed experts that a token passes.</summary>
    public double RoutedWidth { get; init; } = Mean(Shape, block => block.FeedForward is Experts experts
        ? experts.ActiveWidth - experts.SharedWidth : 0);

    public double Vocab { get; init; } = Shape.Vocab;
    public bool Gated { get; init; } = Shape.FfnKind == FfnKind.Swiglu;
    public bool EagerNorms { get; init; } = Shape.Norm == NormKind.RmsNorm && !Traits.FusedNorms;
    public bool WrittenLayerNorms { get; init; } = Shape.Norm != NormKind.RmsNorm && Traits.WrittenNorms;
    /// <summary>Recipes with gated feed-forwards, Llama's and its followers', train without dropout whatever the stack.</summary>
    public bool Dropout { get; init; } = Traits.Dropout && Shape.FfnKind != FfnKind.Swiglu;

    public bool QueryKeyNorm { get; init; } = Shape.QkNorm != QkNormKind.None;

    public double Parameters { get; init; } = ParameterCount.Of(Shape).Total;

    /// <summary>Parameters of one block, the largest: a unit of sharding.</summary>
    public double BlockParameters { get; init; } = ParameterCount.OfBlock(Shape);

    /// <summary>Parameters of all routed experts.</summary>
    public double ExpertParameters { get; init; } = ParameterCount.Of(Shape).Experts;

    /// <summary>The part of the blocks that these numbers are of.</summary>
    public ModelPart Part { get; init; } = ModelPart.Whole;

    /// <summary>Parameters that one rank has where nothing is sharded: its own experts, and all else.</summary>
    public double LocalParameters => Parameters - (ExpertParameters * Part.Elsewhere(1));

    /// <summary>Work and parameters of each block where blocks differ; null where they are equal.</summary>
    public BlockWork? Work { get; init; } = Shape.Sequence is null ? null : BlockWork.Of(Shape);

    /// <summary>The larger of a block and of what lies in none.</summary>
    public double LargestUnit => Math.Max(BlockParameters, RootParameters);

    /// <summary>Share of the parameters that lie in blocks, 0 to 1.</summary>
    public double BlockShare => Layers * BlockParameters / Parameters;

    /// <summary>Parameters of the largest matrix of a block.</summary>
    public double LargestMatrix => Width * Math.Max(FeedForward, Query);

    /// <summary>Elements of the largest parameter: the table, or the largest matrix of a block.</summary>
    public double LargestParameter => Math.Max(TableParameters, LargestMatrix);

    /// <summary>What ways of fine-tuning train of the whole model.</summary>
    public TrainableCount Trainable { get; init; } = TrainableCount.Of(Shape);

    /// <summary>Parameters that are trained, of all experts whoever has them.</summary>
    public double Trained(in Tuning tuning) => tuning.Freezes ? Trainable.On(tuning, Part) : Parameters;

    /// <summary>Of those the ones of routed experts.</summary>
    public double TrainedExperts(in Tuning tuning) => tuning.Freezes ? Trainable.ExpertsOn(tuning, Part) : ExpertParameters;

    /// <summary>Elements per token that the adapters of a block read.</summary>
    /// <param name="targets">Where adapters stand.</param>
    /// <param name="load">Tokens of the rank's experts over those of the average rank's.</param>
    public double AdapterReads(AdapterTargets targets, double load) =>
        Trainable.Sites.On(targets, Part).Worked(Part.Experts, load).Inputs / Layers;

    /// <summary>Parameters of no block: embeddings, final norm and head, the root unit of sharding.</summary>
    public double RootParameters { get; init; } = ParameterCount.Of(Shape).Total - ParameterCount.OfBlocks(Shape);

    private static double Mean(TransformerShape shape, Func<Block, double> amount) =>
        shape.Blocks is [var only] ? amount(only.Block) : shape.Blocks.Sum(run => run.Count * amount(run.Block)) / shape.Layers;

    private static IEnumerable<AttentionCore> Attention(Block block) => block.Mixers.Select(mixer => mixer.Core).OfType<AttentionCore>();
}
