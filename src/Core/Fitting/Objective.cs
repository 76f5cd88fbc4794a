using SlmPlanner.Core.Training;

namespace SlmPlanner.Core.Fitting;

/// <summary>
/// Negative logarithm of the posterior, up to a constant: Student t residuals of log time about the step-time equation, normal priors on
/// the parameters.
/// <para>
/// A row's variance holds the spread over what its observation leaves open, and that spread depends on the parameters. Left free it would
/// pull on them: a fit gains by widening what it can't explain. So the variances are frozen while a step is chosen, and renewed after it
/// (generalised least squares; Carroll and Ruppert 1988, chapter 2). The open spread is our ignorance of a row and no evidence about
/// coefficients, which is why it is not estimated by likelihood with ½ log σ². That term only enters where ends are compared.
/// </para>
/// </summary>
/// <param name="rows">The measured rows.</param>
/// <param name="means">Prior means.</param>
/// <param name="deviations">Prior standard deviations.</param>
/// <param name="options">Freedom.</param>
internal sealed class Objective(
    IReadOnlyList<IMeasuredTime> rows, IReadOnlyList<double> means, IReadOnlyList<double> deviations, FitOptions options)
{
    /// <summary>Share of the open spread that counts as noise: a source's open fields are mostly the same in all its rows.</summary>
    private const double OpenShare = 0.5;

    /// <summary>All rows linearised, each by itself, so that the order of the work changes nothing.</summary>
    public LinearObservation[] Linearise(double[] parameters)
    {
        var linear = new LinearObservation[rows.Count];
        Parallel.For(0, rows.Count, row => linear[row] = rows[row].At(parameters, withSlopes: true));
        return linear;
    }

    /// <summary>The value at some parameters, each row's variance being given.</summary>
    public double Value(double[] parameters, double[] variances)
    {
        var misfits = new double[rows.Count];
        Parallel.For(0, rows.Count,
            row => misfits[row] = Misfit(rows[row].At(parameters, withSlopes: false).Residual, variances[row]));
        return Prior(parameters) + misfits.Sum();
    }

    /// <summary>
    /// The value at the parameters where rows were linearised, normalising terms included: comparable between ends of a search.
    /// </summary>
    public double NormalisedValue(double[] parameters, LinearObservation[] linear) => Prior(parameters)
        + linear.Sum(row => Misfit(row.Residual, Variance(row)) + Math.Log(Variance(row)) / 2);

    /// <summary>Variance of a row about the equation.</summary>
    public double Variance(LinearObservation row) =>
        Square(row.Noise) + Square(OpenShare * row.OpenSpread) + Square(row.MeasuredSpread);

    /// <summary>Precision of a row in the reweighted least-squares problem: the Student weight over the variance.</summary>
    public double Weight(LinearObservation row)
    {
        var variance = Variance(row);
        return IsNormal ? 1 / variance : (options.Freedom + 1) / (options.Freedom + row.Residual * row.Residual / variance) / variance;
    }

    /// <summary>Parameters less their prior means.</summary>
    public double[] Offsets(double[] parameters) => [.. parameters.Select((parameter, index) => parameter - means[index])];

    /// <summary>With infinite freedom a Student t is a normal distribution.</summary>
    private bool IsNormal => double.IsPositiveInfinity(options.Freedom);

    private double Misfit(double residual, double variance) => IsNormal
        ? residual * residual / variance / 2
        : (options.Freedom + 1) / 2 * Math.Log(1 + residual * residual / (variance * options.Freedom));

    private double Prior(double[] parameters) =>
        parameters.Select((parameter, index) => Square((parameter - means[index]) / deviations[index])).Sum() / 2;

    private static double Square(double value) => value * value;
}
