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
/// <param name="BlockParameters">Parameters of one block.</param>
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

    /// <summary>Works the numbers out.</summary>
    /// <param name="shape">A valid shape.</param>
    /// <param name="padsVocabulary">True where the stack pads the vocabulary to a multiple of 128, as Megatron-LM does.</param>
    public static ShapeCosts Of(TransformerShape shape, bool padsVocabulary) => new(
        shape.Layers,
        shape.DModel,
        (double)shape.Heads * shape.HeadDim,
        (double)shape.KvHeads * shape.HeadDim,
        shape.Heads,
        shape.HeadDim,
        shape.DFfn,
        shape.FfnKind == FfnKind.Swiglu ? 2 : 1,
        padsVocabulary ? Math.Ceiling((double)shape.Vocab / PaddedMultiple) * PaddedMultiple : shape.Vocab,
        ParameterCount.Of(shape).Total,
        ParameterCount.OfBlock(shape),
        shape.TiedEmbeddings ? (double)shape.Vocab * shape.DModel : 0);
}
