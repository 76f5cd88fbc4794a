using SlmPlanner.Core.Models.Blocks;

namespace SlmPlanner.Core.Models;

/// <summary>Parameters of a decoder by component; they add up to the model. A shared head is counted once, as embedding.</summary>
/// <param name="Embedding">Token table, V · d, and what else belongs to no block and no multiply.</param>
/// <param name="Positions">Learned position table, MaxPositions · d, or nothing.</param>
/// <param name="Attention">Query, key, value and output projections of all blocks, biases included.</param>
/// <param name="Ffn">Feed-forward matrices of all blocks that every token passes, shared experts and biases included.</param>
/// <param name="Norms">Normalisations of the blocks and the final one, scales of layers.</param>
/// <param name="Head">Output head, where it is not shared with the embedding, and its bias.</param>
public readonly record struct ParameterCount(long Embedding, long Positions, long Attention, long Ffn, long Norms, long Head)
{
    /// <summary>State spaces and other recurrences of all blocks.</summary>
    public long Recurrence { get; init; }

    /// <summary>What sends tokens to experts, gates of shared experts included.</summary>
    public long Router { get; init; }

    /// <summary>All routed experts of all blocks.</summary>
    public long Experts { get; init; }

    /// <summary>Of <see cref="Experts"/>, those that one token is sent to.</summary>
    public long ActiveExperts { get; init; }

    /// <summary>All parameters: what memory and the optimizer depend on.</summary>
    public long Total => Embedding + Positions + Attention + Recurrence + Ffn + Router + Experts + Norms + Head;

    /// <summary>Parameters that one token makes use of: what FLOPs depend on. The total where there are no experts.</summary>
    public long Active => Total - Experts + ActiveExperts;

    /// <summary>Parameters of all blocks.</summary>
    /// <param name="shape">A valid shape.</param>
    public static long OfBlocks(TransformerShape shape) => shape.Blocks.Sum(run => run.Count * OfBlock(shape, run.Block).Total);

    /// <summary>Parameters of the largest block: what full sharding gathers at a time.</summary>
    /// <param name="shape">A valid shape.</param>
    public static long OfBlock(TransformerShape shape) => shape.Blocks.Max(run => OfBlock(shape, run.Block).Total);

    /// <summary>Counts a shape's parameters.</summary>
    /// <param name="shape">A valid shape; see <see cref="ShapeLimits"/>, within which nothing overflows.</param>
    public static ParameterCount Of(TransformerShape shape)
    {
        long d = shape.DModel, table = (long)shape.Vocab * (shape.EmbeddingWidth ?? d);
        var projections = shape.EmbeddingWidth is { } width ? 2 * d * width : 0;
        var count = new ParameterCount(
            Embedding: table + projections + shape.OtherParameters,
            Positions: shape.Positions == PositionKind.Learned ? ((long)shape.MaxPositions + shape.PositionOffset) * d : 0,
            Attention: 0,
            Ffn: 0,
            Norms: shape.LacksFinalNorm ? 0 : StyleOf(shape).Parameters(d),
            Head: (shape.TiedEmbeddings ? 0 : table) + (shape.HeadBias ? shape.Vocab : 0));
        return shape.Blocks.Aggregate(count, (sum, run) => sum.Plus(OfBlock(shape, run.Block), run.Count));
    }

    /// <summary>Counts one block's; those of repeated weights are none.</summary>
    internal static ParameterCount OfBlock(TransformerShape shape, Block block)
    {
        if (block.RepeatsWeights)
            return default;
        var (d, style) = (shape.DModel, StyleOf(shape));
        ILookup<MatrixUse, Matrix> matrices = block.Matrices(d).ToLookup(matrix => matrix.Use);
        var ffn = block.FeedForward;
        return new(
            Embedding: 0,
            Positions: 0,
            Attention: All(MatrixUse.MixerIn) + All(MatrixUse.MixerOut) + Biases(recurrent: false),
            Ffn: All(MatrixUse.FeedForward) + (ffn?.Biases(d) ?? 0),
            Norms: block.Norms * style.Parameters(d) + block.Mixers.Sum(mixer => mixer.InnerNorms(style)) + block.OtherParameters,
            Head: 0)
        {
            Recurrence = All(MatrixUse.Recurrence) + Biases(recurrent: true),
            Router = All(MatrixUse.Router) + (ffn?.RouterBiases ?? 0),
            Experts = All(MatrixUse.Expert) + (ffn?.ExpertBiases(d) ?? 0),
            ActiveExperts = matrices[MatrixUse.Expert].Sum(matrix => matrix.ActiveParameters) + (ffn?.ActiveExpertBiases(d) ?? 0),
        };

        long All(MatrixUse use) => matrices[use].Sum(matrix => matrix.Parameters);
        long Biases(bool recurrent) => block.Mixers.Where(mixer => mixer.Core is null == recurrent).Sum(mixer => mixer.Biases(d));
    }

    private static NormStyle StyleOf(TransformerShape shape) => new(shape.Norm, shape.NormBias);

    private ParameterCount Plus(ParameterCount other, long times) =>
        new(Embedding, Positions, Attention + times * other.Attention, Ffn + times * other.Ffn, Norms + times * other.Norms, Head)
        {
            Recurrence = Recurrence + times * other.Recurrence,
            Router = Router + times * other.Router,
            Experts = Experts + times * other.Experts,
            ActiveExperts = ActiveExperts + times * other.ActiveExperts,
        };
}
