namespace SlmPlanner.Core.Models.Blocks;

/// <summary>
/// Another mixer whose work per token does not grow with the sequence: RWKV, a gated linear unit (Griffin), a short convolution (LFM2),
/// a gated delta rule. Its matrices lead from the hidden width to <see cref="InWidth"/> and from <see cref="OutWidth"/> back.
/// </summary>
public sealed record LinearRecurrence : TokenMixer
{
    /// <summary>What it is, for people.</summary>
    public required string Name { get; init; }

    /// <summary>Columns of all matrices from the hidden width together.</summary>
    public required int InWidth { get; init; }

    /// <summary>Rows of the matrix back to the hidden width; 0 where there is none.</summary>
    public required int OutWidth { get; init; }

    /// <summary>Parameters that are no such matrix: decays, convolutions, gates by blocks, biases, norms inside.</summary>
    public long OtherParameters { get; init; }

    /// <summary>Operations per token beside the matrices.</summary>
    public double Operations { get; init; }

    /// <summary>
    /// Elements per token that are kept for the backward pass; null where they are what the matrices write and read, as many as
    /// <see cref="InWidth"/> and <see cref="OutWidth"/>.
    /// </summary>
    public double? KeptElements { get; init; }

    internal override double StateFlops => Operations;

    internal override double StateElements => KeptElements ?? InWidth + OutWidth;

    internal override IEnumerable<Matrix> Matrices(int width) => OutWidth == 0
        ? [new(MatrixUse.Recurrence, width, InWidth)]
        : [new(MatrixUse.Recurrence, width, InWidth), new(MatrixUse.Recurrence, OutWidth, width)];

    internal override long Biases(int width) => OtherParameters;

    internal override IEnumerable<Matrix> Again(int width) => Matrices(width).Where((_, index) => index % 2 == 1);

    internal override long InnerNorms(NormStyle norm) => 0;
}
