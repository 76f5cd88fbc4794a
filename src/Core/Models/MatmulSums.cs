using SlmPlanner.Core.Models.Blocks;

namespace SlmPlanner.Core.Models;

/// <summary>
/// What the time of many matrix multiplies depends on, summed once for a model: per token operations, what narrow sides and operands add.
/// Multiplies with a side that is no multiple of 8 are kept apart, since they run at another rate.
/// </summary>
internal readonly record struct MatmulSums
{
    private const int Alignment = 8;

    /// <summary>Σ 2·k·n over the multiplies that a token passes.</summary>
    public double Products { get; init; }

    /// <summary>Σ 2·k·n / min(k, n).</summary>
    public double NarrowProducts { get; init; }

    /// <summary>As <see cref="Products"/>, of misaligned multiplies.</summary>
    public double MisalignedProducts { get; init; }

    /// <summary>As <see cref="NarrowProducts"/>, of misaligned multiplies.</summary>
    public double MisalignedNarrowProducts { get; init; }

    /// <summary>Σ k + n: elements of a token's inputs and results.</summary>
    public double Sides { get; init; }

    /// <summary>Σ k·n over all copies: weights that are read once for all tokens.</summary>
    public double Weights { get; init; }

    /// <summary>The part of the average stage.</summary>
    public MatmulSums On(double stages) => new()
    {
        Products = Products / stages,
        NarrowProducts = NarrowProducts / stages,
        MisalignedProducts = MisalignedProducts / stages,
        MisalignedNarrowProducts = MisalignedNarrowProducts / stages,
        Sides = Sides / stages,
        Weights = Weights / stages,
    };

    /// <summary>The same of ranks that share the copies: each passes as many tokens as before through fewer of them.</summary>
    public MatmulSums Shared(double ranks) => this with { Weights = Weights / ranks };

    /// <summary>Sums matrices.</summary>
    /// <param name="matrices">Matrices with how often they occur.</param>
    public static MatmulSums Of(IEnumerable<(int Count, Matrix Matrix)> matrices)
    {
        double products = 0, narrow = 0, misaligned = 0, misalignedNarrow = 0, sides = 0, weights = 0;
        foreach (var (count, matrix) in matrices)
        {
            var operations = 2.0 * count * matrix.ActiveParameters;
            var narrowed = operations / Math.Min(matrix.Inputs, matrix.Outputs);
            if (matrix.Inputs % Alignment == 0 && matrix.Outputs % Alignment == 0)
                (products, narrow) = (products + operations, narrow + narrowed);
            else
                (misaligned, misalignedNarrow) = (misaligned + operations, misalignedNarrow + narrowed);
            sides += (double)count * matrix.Active * (matrix.Inputs + matrix.Outputs);
            weights += (double)count * matrix.Parameters;
        }
        return new()
        {
            Products = products,
            NarrowProducts = narrow,
            MisalignedProducts = misaligned,
            MisalignedNarrowProducts = misalignedNarrow,
            Sides = sides,
            Weights = weights,
        };
    }
}
