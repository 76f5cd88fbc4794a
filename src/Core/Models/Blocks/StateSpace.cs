namespace SlmPlanner.Core.Models.Blocks;

/// <summary>
/// Mamba-2's state space (Dao and Gu 2024, section 6): one projection into gate, values, B, C and a step per head, a causal convolution of
/// values, B and C, the recurrence, a gated norm, one projection out.
/// </summary>
public sealed record StateSpace : TokenMixer
{
    /// <summary>Inner width: heads times their width.</summary>
    public required int InnerWidth { get; init; }

    /// <summary>Heads; each has one decay, one skip and one step bias.</summary>
    public required int Heads { get; init; }

    /// <summary>Width N of the state.</summary>
    public required int State { get; init; }

    /// <summary>Groups of heads that share B and C.</summary>
    public int Groups { get; init; } = 1;

    /// <summary>Taps of the convolution.</summary>
    public int ConvolutionWidth { get; init; } = 4;

    /// <summary>True when the convolution has a bias.</summary>
    public bool ConvolutionBias { get; init; } = true;

    /// <summary>True when the projections have biases.</summary>
    public bool ProjectionBias { get; init; }

    /// <summary>True when the gated result is normalised over the inner width.</summary>
    public bool GatedNorm { get; init; } = true;

    private long Convolved => InnerWidth + 2L * Groups * State;

    internal override double StateElements => 2.0 * InnerWidth + 2 * Convolved + Heads;

    /// <summary>Update and read-out of a state of InnerWidth × N, two operations each per element; the convolution's taps.</summary>
    internal override double StateFlops => 4.0 * InnerWidth * State + 2.0 * ConvolutionWidth * Convolved;

    internal override IEnumerable<Matrix> Matrices(int width) =>
    [
        new(MatrixUse.Recurrence, width, InnerWidth + Convolved + Heads),
        new(MatrixUse.Recurrence, InnerWidth, width),
    ];

    internal override long Biases(int width) => 3L * Heads + (ConvolutionWidth + (ConvolutionBias ? 1 : 0)) * Convolved
        + (ProjectionBias ? InnerWidth + Convolved + Heads + width : 0);

    internal override IEnumerable<Matrix> Again(int width) => Matrices(width).Where((_, index) => index % 2 == 1);

    internal override long InnerNorms(NormStyle norm) => GatedNorm ? InnerWidth : 0;
}
