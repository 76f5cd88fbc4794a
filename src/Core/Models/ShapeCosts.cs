using SlmPlanner.Core.Models.Blocks;
using SlmPlanner.Core.Training;

namespace SlmPlanner.Core.Models;

/// <summary>What step time takes from a transformer's shape, as floating-point numbers worked out once.</summary>
/// <param name="Layers">Blocks, L.</param>
/// <param name="DModel">Hidden width, d.</param>
/// <param name="QueryWidth">Query heads times their width.</param>
/// <param name="KvWidth">Key (or value) heads times their width.</param>
/// <param name="Heads">Query heads.</param>
/// <param name="HeadDim">Width of one head.</param>
/// <param name="Ffn">Feed-forward width, f.</param>
/// <param name="FfnInputs">Matrices into the feed-forward width: 2 when gated, else 1.</param>
/// <param name="HeadVocab">Columns of the output head's multiply: the vocabulary, padded where the stack pads it.</param>
/// <param name="Parameters">All parameters.</param>
/// <param name="BlockParameters">Parameters of one block, the mean where they differ.</param>
/// <param name="TiedParameters">Parameters of the table that embedding and head share; 0 where they are apart.</param>
public readonly record struct ShapeCosts(
    double Layers,
    double DModel,
    double QueryWidth,
    double KvWidth,
    double Heads,
    double HeadDim,
    double Ffn,
    double FfnInputs,
    double HeadVocab,
    double Parameters,
    double BlockParameters,
    double TiedParameters)
{
    private const int PaddedMultiple = 128;

    /// <summary>Width in which a rank keeps what goes from block to block: d, divided under sequence parallelism.</summary>
    public double ResidualWidth { get; init; } = DModel;

    /// <summary>Parameters of the table of the embedding, or of the head.</summary>
    public double TableParameters { get; init; }

    /// <summary>Sums over the blocks where they are not all the one that the members above describe; null where they are.</summary>
    internal MixedBlocks? Mixed { get; init; }

    /// <summary>Parameters of all routed experts.</summary>
    public double ExpertParameters { get; init; }

    /// <summary>Parameters of the routed experts of one block, the mean over all blocks.</summary>
    internal double BlockExperts { get; init; }

    /// <summary>What ways of fine-tuning train of the whole model.</summary>
    internal TrainableCount? Trainable { get; init; }

    /// <summary>The part of the blocks that these numbers are of, on the average stage.</summary>
    internal ModelPart Part { get; init; } = ModelPart.Whole;

    /// <summary>The same on the stage with the most parameters; where blocks are frozen, with the most that are trained.</summary>
    internal ModelPart LargestPart { get; init; } = ModelPart.Whole;

    /// <summary>Stages of the pipeline without a backward pass: nothing before their blocks, nor of them, is trained.</summary>
    internal int StagesWithoutBackward { get; init; }

    /// <summary>Parameters that are trained, of all experts whoever has them; of a pipeline on the stage with the most.</summary>
    internal double Trained(in Tuning tuning) => tuning.Freezes && Trainable is { } count ? count.On(tuning, LargestPart) : Parameters;

    /// <summary>Of those the ones of routed experts.</summary>
    internal double TrainedExperts(in Tuning tuning) =>
        tuning.Freezes && Trainable is { } count ? count.ExpertsOn(tuning, LargestPart) : ExpertParameters;

    /// <summary>Blocks that are trained where the first ones are frozen.</summary>
    internal double TrainedBlocks(in Tuning tuning) => Trainable is { } count ? count.BlocksOn(tuning, LargestPart)
        : Math.Min(Layers, tuning.TrainedBlocks);

    /// <summary>
    /// Trained parameters whose state is divided among so many ranks, times those ranks: all of them; of experts that ranks share, each
    /// rank has its own part anyway, which fewer ranks than that do not make larger.
    /// </summary>
    /// <param name="tuning">What is trained.</param>
    /// <param name="ranks">Ranks that divide the state.</param>
    internal double TrainedOver(in Tuning tuning, int ranks) => Part.Elsewhere(ranks) is > 0 and var elsewhere
        ? Trained(tuning) - TrainedExperts(tuning) * elsewhere : Trained(tuning);

    /// <summary>Parameters that one token makes use of; all of them where there are no experts.</summary>
    public double ActiveParameters { get; init; } = Parameters;

    /// <summary>Rows of the output head: the hidden width, or that of a factorised embedding.</summary>
    public double HeadWidth { get; init; } = DModel;

    /// <summary>Works the numbers out.</summary>
    /// <param name="shape">A valid shape.</param>
    /// <param name="padsVocabulary">True where the stack pads the vocabulary to a multiple of 128, as Megatron-LM does.</param>
    public static ShapeCosts Of(TransformerShape shape, bool padsVocabulary)
    {
        var count = ParameterCount.Of(shape);
        return new(
            shape.Layers,
            shape.DModel,
            (double)shape.Heads * shape.HeadDim,
            (double)shape.KvHeads * shape.HeadDim,
            shape.Heads,
            shape.HeadDim,
            shape.DFfn,
            shape.FfnKind == FfnKind.Swiglu ? 2 : 1,
            padsVocabulary ? Math.Ceiling((double)shape.Vocab / PaddedMultiple) * PaddedMultiple : shape.Vocab,
            count.Total,
            (double)ParameterCount.OfBlocks(shape) / shape.Layers,
            shape.TiedEmbeddings ? (double)shape.Vocab * (shape.EmbeddingWidth ?? shape.DModel) : 0)
        {
            ActiveParameters = count.Active,
            ExpertParameters = count.Experts,
            BlockExperts = (double)count.Experts / shape.Layers,
            HeadWidth = shape.EmbeddingWidth ?? shape.DModel,
            TableParameters = (double)shape.Vocab * (shape.EmbeddingWidth ?? shape.DModel),
            Mixed = shape.Sequence is null ? null : MixedBlocks.Of(shape),
            Trainable = TrainableCount.Of(shape),
        };
    }

    /// <summary>How blocks lie on the stages of a layout.</summary>
    internal StageSplit Split(in Layout layout)
    {
        var head = layout.BalancedStages ? DModel * HeadVocab / BlockParameters : 0;
        return Mixed is { } mixed && layout.Mesh.Pipeline > 1 ? mixed.Work.Split(layout.Mesh.Pipeline, head)
            : StageSplit.Of(Layers, layout.Mesh.Pipeline, head);
    }

    /// <summary>
    /// The part of the model on the average rank of a layout: multiplies are divided among tensor-parallel ranks by columns or rows
    /// (Shoeybi et al. 2019, section 3), blocks among stages. Parameters are those of the stage with the most.
    /// </summary>
    internal ShapeCosts On(in Layout layout, in Tuning tuning = default)
    {
        double tensor = layout.Mesh.Tensor, stages = layout.Mesh.Pipeline;
        var split = Split(layout);
        var held = split.Holding;
        var frozen = stages > 1 && tuning.Method == TuningMethod.Freeze;
        var largest = stages == 1
            ? Parameters
            : Math.Max(Math.Max(held.First, held.Last) * BlockParameters + TableParameters, held.Most * BlockParameters);
        var most = stages == 1 ? 1 : Math.Max(held.Most, Math.Max(held.First, held.Last)) / Layers;
        return this with
        {
            Layers = Layers / stages,
            QueryWidth = QueryWidth / tensor,
            KvWidth = Math.Max(KvWidth / tensor, Math.Min(KvWidth, HeadDim)),
            Heads = Heads / tensor,
            Ffn = Ffn / tensor,
            HeadVocab = HeadVocab / tensor,
            Parameters = largest / tensor,
            BlockParameters = BlockParameters / tensor,
            TiedParameters = TiedParameters / tensor,
            ResidualWidth = layout.SequenceParallel ? DModel / tensor : DModel,
            TableParameters = TableParameters / tensor,
            ExpertParameters = ExpertParameters * most / tensor,
            BlockExperts = BlockExperts / tensor,
            Part = new(layout.Mesh.Tensor, layout.Mesh.Expert, 1 / stages),
            LargestPart = frozen && Trainable is { } count ? MostTrained(count, split, layout.Mesh, tuning)
                : new(layout.Mesh.Tensor, layout.Mesh.Expert, most),
            StagesWithoutBackward = frozen ? new TrainedStages(split, Math.Min(tuning.TrainedBlocks, Layers)).WithoutBackward : 0,
            Mixed = Mixed?.On(layout.Mesh.Tensor, stages, layout.SequenceParallel ? tensor : 1, layout.Mesh.Expert),
        };
    }

    /// <summary>The part of the stage with the most trained parameters.</summary>
    private static ModelPart MostTrained(TrainableCount count, in StageSplit split, in Mesh mesh, in Tuning tuning)
    {
        var largest = default(ModelPart);
        var most = -1.0;
        for (var stage = split.Stages - 1; stage >= 0; stage--)
        {
            var part = split.Part(stage, mesh.Tensor, mesh.Expert);
            var trained = count.On(tuning, part);
            if (trained > most)
                (largest, most) = (part, trained);
        }
        return largest;
    }
}
