using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.Optimization;

namespace SlmPlanner.Core.Economics.Loss;

/// <summary>
/// Fits E, A, B, α, β and k of a <see cref="ScalingLaw"/> to end points of one corpus. With a score of rows or two such a law is not
/// determined by them alone (k and E trade off), so each constant has a wide prior about a published law's; the error of a row is one per
/// cent of its loss, its tails those of the pseudo-Huber loss.
/// </summary>
public static class SkalingFit
{
    private const double Parameters0 = 1e9, Tokens0 = 1e11;
    private const double RowError = 0.01, ExponentDeviation = 0.05, LogDeviation = 1, LossDeviation = 1;
    private const double Tolerance = 1e-10;
    private const int Iterations = 20_000;
    private static readonly double[] Starts = [1, 0.6, 0.35];

    /// <summary>The law with the constants that explain the rows best.</summary>
    /// <param name="prior">The law whose constants are the priors' centres.</param>
    /// <param name="rows">End points of one corpus and tokenizer.</param>
    /// <param name="isJoint">False to hold k at 1, the form of Hoffmann et al. 2022.</param>
    public static ScalingLaw Of(ScalingLaw prior, IReadOnlyList<LossEndPoint> rows, bool isJoint)
    {
        double[] centre = [.. Coordinates(prior), .. isJoint ? [0.0] : Array.Empty<double>()];
        double[] deviations =
            [LogDeviation, LogDeviation, ExponentDeviation, ExponentDeviation, LossDeviation, .. isJoint ? [LogDeviation]
                : Array.Empty<double>()];
        double Cost(Vector<double> at)
        {
            var law = Law(prior, at.AsArray());
            return rows.Sum(row => 2 * (Math.Sqrt(
                1 + Square((law.Loss(row.Point.Parameters, row.Point.Tokens) - row.Loss) / (RowError * row.Loss))) - 1))
                + centre.Select((middle, index) => Square((at[index] - middle) / deviations[index])).Sum();
        }

        var best = (isJoint ? Starts : Starts[..1]).Select(k => Minimum(Cost, centre, isJoint ? Math.Log(k) : null)).MinBy(end => end.Cost);
        return Law(prior, best.At);
    }

    private static (double Cost, double[] At) Minimum(Func<Vector<double>, double> cost, double[] centre, double? logK)
    {
        var start = Vector<double>.Build.DenseOfArray(centre);
        if (logK is { } given)
            start[^1] = given;
        // The simplex shrinks too early along the ridge between k and E; a second and third one from where it stopped goes on.
        for (var round = 0; round < 3; round++)
            start = new NelderMeadSimplex(Tolerance, Iterations).FindMinimum(ObjectiveFunction.Value(cost), start).MinimizingPoint;
        return (cost(start), start.ToArray());
    }

    /// <summary>ln A / N₀^α, ln B / D₀^β, α, β, E: prefactors at usual sizes, which hardly depend on the exponents.</summary>
    private static double[] Coordinates(ScalingLaw law) =>
    [
        Math.Log(law.A.Value) - law.Alpha.Value * Math.Log(Parameters0), Math.Log(law.B.Value) - law.Beta.Value * Math.Log(Tokens0),
        law.Alpha.Value, law.Beta.Value, law.E.Value,
    ];

    private static ScalingLaw Law(ScalingLaw like, double[] at) => like with
    {
        A = new(Math.Exp(at[0] + at[2] * Math.Log(Parameters0))),
        B = new(Math.Exp(at[1] + at[3] * Math.Log(Tokens0))),
        Alpha = new(at[2]),
        Beta = new(at[3]),
        E = new(at[4]),
        K = at.Length > 5 ? new(Math.Exp(at[5])) : null,
    };

    private static double Square(double value) => value * value;
}
