namespace SlmPlanner.Core.Models.Blocks;

/// <summary>
/// Mamba's selective state space (Gu and Dao 2023, section 3.4): a projection into value and gate, a causal convolution, a projection into
/// step, B and C, the step's projection up, the recurrence, a projection out.
/// </summary>
public sealed record SelectiveScan : TokenMixer
{
    /// <summary>Inner width.</summary>
    public required int InnerWidth { get; init; }

    /// <summary>Width N of the state of each inner channel.</summary>
    public required int State { get; init; }

    /// <summary>Width of the latent of the step.</summary>
    public required int StepRank { get; init; }

    /// <summary>Taps of the convolution.</summary>
    public int ConvolutionWidth { get; init; } = 4;

    /// <summary>True when the convolution has a bias.</summary>
    public bool ConvolutionBias { get; init; } = true;

    /// <summary>True when the projections in and out have biases.</summary>
    public bool ProjectionBias { get; init; }

    /// <summary>True when step, B and C are normalised with learned scales (Jamba).</summary>
    public bool InnerNorm { get; init; }

    internal override double StateElements => 5.0 * InnerWidth + StepRank + 2.0 * State;

    /// <summary>
    /// Update and read-out of a state of InnerWidth × N, its discretisation, the convolution's taps (Gu and Dao 2023, algorithm 2).
    /// </summary>
    internal override double StateFlops => 6.0 * InnerWidth * State + 2.0 * ConvolutionWidth * InnerWidth;

    internal override IEnumerable<Matrix> Matrices(int width) =>
    [
        new(MatrixUse.Recurrence, width, 2L * InnerWidth),
        new(MatrixUse.Recurrence, InnerWidth, StepRank + 2L * State),
        new(MatrixUse.Recurrence, StepRank, InnerWidth),
        new(MatrixUse.Recurrence, InnerWidth, width),
    ];

    /// <summary>The decays A (InnerWidth × N), the skip D and the step's bias beside convolution and projections.</summary>
    internal override long Biases(int width) => (State + 2L + ConvolutionWidth + (ConvolutionBias ? 1 : 0)) * InnerWidth
        + (ProjectionBias ? 2L * InnerWidth + width : 0);

    internal override IEnumerable<Matrix> Again(int width) => Matrices(width).Where((_, index) => index % 2 == 1);

    internal override long InnerNorms(NormStyle norm) => InnerNorm ? StepRank + 2L * State : 0;
}
