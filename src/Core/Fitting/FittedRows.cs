using MathNet.Numerics.LinearAlgebra;

namespace SlmPlanner.Core.Fitting;

/// <summary>The rows of a fit in the space of rows.</summary>
/// <param name="Rows">Linearised at the fit.</param>
/// <param name="Setups">The set-up of each; null where it has none.</param>
/// <param name="Weights">Their precisions in the fit.</param>
/// <param name="Variances">Their variances about the equation, robust weights not included.</param>
/// <param name="Inverse">The inverse of their covariance, all of it.</param>
/// <param name="Images">The inverse times their distances from the prior's mean.</param>
/// <param name="Options">The usual scatter.</param>
internal sealed record FittedRows(
    LinearObservation[] Rows, IReadOnlyList<string?> Setups, double[] Weights, double[] Variances, double[][] Inverse, double[] Images,
    FitOptions Options)
{
    /// <summary>Rows and columns of the inverse.</summary>
    public Matrix<double> Block(int[] rows, int[] columns) =>
        Matrix<double>.Build.Dense(rows.Length, columns.Length, (row, column) => Inverse[rows[row]][columns[column]]);

    /// <summary>Some of the images.</summary>
    public Vector<double> ImagesOf(int[] rows) => Vector<double>.Build.Dense(rows.Length, index => Images[rows[index]]);

    /// <summary>Robust weight of a row: 1 and above near the equation, small far from it.</summary>
    public double Robust(int row) => Weights[row] * Variances[row];

    /// <summary>
    /// The scatter of each set-up: one step of expectation and maximisation from the scatter that the rows were fitted with.
    /// </summary>
    public IReadOnlyDictionary<string, double> Scatter() => Enumerable.Range(0, Rows.Length).Where(row => Setups[row] is not null)
        .GroupBy(row => Setups[row]!)
        .ToDictionary(setup => setup.Key, setup => SetupScatter.Estimate(
            Options, [.. setup.Select(row => SetupScatter.Square(Rows[row].Noise, Robust(row), Images[row], Inverse[row][row]))]));
}
