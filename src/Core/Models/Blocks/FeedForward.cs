using System.Text.Json.Serialization;

namespace SlmPlanner.Core.Models.Blocks;

/// <summary>What works on each token alone in a block.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "network")]
[JsonDerivedType(typeof(DenseFeedForward), "dense")]
[JsonDerivedType(typeof(Experts), "experts")]
public abstract record FeedForward
{
    /// <summary>Two matrices, or three with a gate.</summary>
    public FfnKind Kind { get; init; } = FfnKind.Swiglu;

    /// <summary>True when the matrices have biases.</summary>
    public bool Bias { get; init; }

    /// <summary>Every matrix.</summary>
    internal abstract IEnumerable<Matrix> Matrices(int width);

    /// <summary>Those that torchtitan's policy per operation computes again: with a gate one of three.</summary>
    internal abstract IEnumerable<Matrix> Again(int width);

    /// <summary>Biases of what every token passes.</summary>
    internal abstract long Biases(int width);

    /// <summary>Biases of what sends tokens to experts.</summary>
    internal virtual long RouterBiases => 0;

    /// <summary>Biases of all routed experts.</summary>
    internal virtual long ExpertBiases(int width) => 0;

    /// <summary>Biases of the routed experts that one token makes use of.</summary>
    internal virtual long ActiveExpertBiases(int width) => 0;

    /// <summary>Width that one token passes: of the dense network, or of all its experts.</summary>
    internal abstract double ActiveWidth { get; }

    /// <summary>Copies of a token that are sent to experts; 0 without experts.</summary>
    internal virtual double RoutedCopies => 0;

    private protected IEnumerable<Matrix> Network(MatrixUse use, int width, long inner, long copies = 1, long active = 1)
    {
        yield return new(use, width, inner, copies, active);
        if (Kind == FfnKind.Swiglu)
            yield return new(use, width, inner, copies, active);
        yield return new(use, inner, width, copies, active);
    }

    private protected long NetworkBiases(int width, long inner) => Bias ? (Kind == FfnKind.Swiglu ? 2 : 1) * inner + width : 0;
}

/// <summary>Two matrices (Vaswani et al. 2017, section 3.3) or three with a gate (Shazeer 2020) that every token passes.</summary>
public sealed record DenseFeedForward : FeedForward
{
    /// <summary>Inner width f ≥ 1.</summary>
    public required int Width { get; init; }

    internal override double ActiveWidth => Width;

    internal override IEnumerable<Matrix> Matrices(int width) => Network(MatrixUse.FeedForward, width, Width);

    internal override IEnumerable<Matrix> Again(int width) => Kind == FfnKind.Swiglu ? [new(MatrixUse.FeedForward, width, Width)] : [];

    internal override long Biases(int width) => NetworkBiases(width, Width);
}
