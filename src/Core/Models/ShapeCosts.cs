using SlmPlanner.Core.Models.Blocks;

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

    /// <summary>Sums over the blocks where they are not all the one that the members above describe; null where they are.</summary>
    internal MixedBlocks? Mixed { get; init; }

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
            HeadWidth = shape.EmbeddingWidth ?? shape.DModel,
            Mixed = shape.Sequence is null ? null : MixedBlocks.Of(shape),
        };
    }
}
