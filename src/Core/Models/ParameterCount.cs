namespace SlmPlanner.Core.Models;

/// <summary>Parameters of a transformer by component; they add up to the model. A shared head is counted once, as embedding.</summary>
/// <param name="Embedding">Token table, V · d.</param>
/// <param name="Positions">Learned position table, MaxPositions · d, or nothing.</param>
/// <param name="Attention">Query, key, value and output projections of all blocks, biases included.</param>
/// <param name="Ffn">Feed-forward matrices of all blocks, biases included.</param>
/// <param name="Norms">Normalisations of the blocks and the final one.</param>
/// <param name="Head">Output head, where it is not shared with the embedding, and its bias.</param>
public readonly record struct ParameterCount(long Embedding, long Positions, long Attention, long Ffn, long Norms, long Head)
{
    /// <summary>All parameters.</summary>
    public long Total => Embedding + Positions + Attention + Ffn + Norms + Head;

    /// <summary>Parameters of one block: what full sharding gathers at a time.</summary>
    /// <param name="shape">A valid shape.</param>
    public static long OfBlock(TransformerShape shape) =>
        AttentionOfBlock(shape) + FfnOfBlock(shape) + NormsOfBlock(shape);

    /// <summary>Counts a shape's parameters.</summary>
    /// <param name="shape">A valid shape; see <see cref="ShapeLimits"/>, within which nothing overflows.</param>
    public static ParameterCount Of(TransformerShape shape)
    {
        long d = shape.DModel, layers = shape.Layers, table = shape.Vocab * d;
        return new(
            Embedding: table,
            Positions: shape.Positions == PositionKind.Learned ? shape.MaxPositions * d : 0,
            Attention: layers * AttentionOfBlock(shape),
            Ffn: layers * FfnOfBlock(shape),
            Norms: layers * NormsOfBlock(shape) + Norm(shape, d),
            Head: (shape.TiedEmbeddings ? 0 : table) + (shape.HeadBias ? shape.Vocab : 0));
    }

    private static long AttentionOfBlock(TransformerShape shape)
    {
        long d = shape.DModel, query = (long)shape.Heads * shape.HeadDim, qkv = query + 2L * shape.KvHeads * shape.HeadDim;
        return (d + (shape.QkvBias ? 1 : 0)) * qkv + query * d + (shape.AttentionOutBias ? d : 0);
    }

    private static long FfnOfBlock(TransformerShape shape)
    {
        long d = shape.DModel, f = shape.DFfn, inner = shape.FfnKind == FfnKind.Swiglu ? 2 * f : f;
        return d * inner + f * d + (shape.FfnBias ? inner + d : 0);
    }

    private static long NormsOfBlock(TransformerShape shape) =>
        shape.NormsPerLayer * Norm(shape, shape.DModel) + shape.QkNorm switch
        {
            QkNormKind.PerHead => 2 * Norm(shape, shape.HeadDim),
            QkNormKind.Full => Norm(shape, (long)(shape.Heads + shape.KvHeads) * shape.HeadDim),
            _ => 0,
        };

    private static long Norm(TransformerShape shape, long width) => shape.Norm switch
    {
        NormKind.LayerNorm => shape.NormBias ? 2 * width : width,
        NormKind.RmsNorm => width,
        _ => 0,
    };
}
