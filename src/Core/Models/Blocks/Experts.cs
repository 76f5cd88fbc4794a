namespace SlmPlanner.Core.Models.Blocks;

/// <summary>
/// A mixture of experts (Shazeer et al. 2017; Fedus et al. 2022): a router sends each token to <see cref="PerToken"/> of
/// <see cref="Count"/> networks; shared experts (Dai et al. 2024, DeepSeekMoE, section 3.2) see every token.
/// </summary>
public sealed record Experts : FeedForward
{
    /// <summary>Routed experts E ≥ 1.</summary>
    public required int Count { get; init; }

    /// <summary>Routed experts that one token is sent to, k, 1 to <see cref="Count"/>.</summary>
    public required int PerToken { get; init; }

    /// <summary>Inner width of one routed expert.</summary>
    public required int Width { get; init; }

    /// <summary>Inner width of all shared experts together; 0 without them.</summary>
    public int SharedWidth { get; init; }

    /// <summary>True where a gate of one column weighs the shared expert (Qwen 2 MoE).</summary>
    public bool SharedGate { get; init; }

    /// <summary>True when the router has a bias per expert, be it learned or balanced outside the loss (DeepSeek-V3).</summary>
    public bool RouterBias { get; init; }

    internal override double ActiveWidth => (double)PerToken * Width + SharedWidth;

    internal override double RoutedCopies => PerToken;

    internal override IEnumerable<Matrix> Matrices(int width)
    {
        yield return new(MatrixUse.Router, width, Count);
        foreach (var matrix in Network(MatrixUse.Expert, width, Width, Count, PerToken))
            yield return matrix;
        if (SharedWidth > 0)
            foreach (var matrix in Network(MatrixUse.FeedForward, width, SharedWidth))
                yield return matrix;
        if (SharedGate)
            yield return new(MatrixUse.Router, width, 1);
    }

    internal override IEnumerable<Matrix> Again(int width)
    {
        if (Kind != FfnKind.Swiglu)
            yield break;
        yield return new(MatrixUse.Expert, width, Width, Count, PerToken);
        if (SharedWidth > 0)
            yield return new(MatrixUse.FeedForward, width, SharedWidth);
    }

    internal override long Biases(int width) => SharedWidth > 0 ? NetworkBiases(width, SharedWidth) : 0;

    internal override long RouterBiases => RouterBias ? Count : 0;

    internal override long ExpertBiases(int width) => Count * NetworkBiases(width, Width);

    internal override long ActiveExpertBiases(int width) => PerToken * NetworkBiases(width, Width);
}
