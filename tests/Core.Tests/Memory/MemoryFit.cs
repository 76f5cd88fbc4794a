using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.Optimization;
using SlmPlanner.Core.Memory;
using SlmPlanner.Core.Training;

namespace SlmPlanner.Tests.Memory;

/// <summary>
/// The fit that <see cref="MemoryConstants.Fitted"/> came from: least squares on the logarithm of the peak, within
/// bounds, softened for outliers, with a weak pull to the middle of what documents suggest and a one-sided penalty for
/// each row that ran but is predicted above 97.5 % of its device.
/// </summary>
internal sealed class MemoryFit(SoftwareStackCatalog stacks, IReadOnlyList<(MeasuredPeak Row, double DeviceGib)> ran)
{
    private const double Gib = 1L << 30;
    private const double Softening = 0.1;
    private static readonly (double Low, double Prior, double High)[] Bounds =
    [
        (0.3, 0.6, 1.2), (0, 0.2, 0.4), (0, 0.03, 0.12), (6, 9, 12), (2, 5, 6),
    ];

    /// <summary>Fits the five constants to rows with a peak.</summary>
    public MemoryConstants Fit(IReadOnlyList<MeasuredPeak> rows)
    {
        var weights = rows.GroupBy(row => row.Stack).ToDictionary(group => group.Key, group => 1 / Math.Sqrt(group.Count()));
        var known = rows.Select(row => row.Stack).ToHashSet();
        var limits = ran.Where(pair => pair.Row.PeakGib is null || known.Contains(pair.Row.Stack)).ToList();
        var objective = ObjectiveFunction.Value(point => Cost(Constants(point), rows, weights, limits));
        var start = Vector<double>.Build.Dense([.. Bounds.Select(bound => Logit((bound.Prior - bound.Low) / (bound.High - bound.Low)))]);
        return Constants(new NelderMeadSimplex(1e-8, 4000).FindMinimum(objective, start).MinimizingPoint);
    }

    /// <summary>The predicted peak in GiB.</summary>
    public double Predict(MeasuredPeak row, MemoryConstants constants) =>
        new MemoryModel(row.Shape, stacks.Find(row.Stack).Memory, constants).Predict(row.Setup).Total.GiB;

    private double Cost(
        MemoryConstants constants, IReadOnlyList<MeasuredPeak> rows, Dictionary<string, double> weights, IReadOnlyList<(MeasuredPeak Row, double DeviceGib)> limits)
    {
        var errors = rows.Sum(row => Soft(weights[row.Stack] * Math.Log(Predict(row, constants) / row.PeakGib!.Value)));
        var refusals = limits.Sum(pair => Soft(Math.Max(0, Math.Log(Predict(pair.Row, constants) / (0.975 * pair.DeviceGib)))));
        double[] values =
        [
            constants.ContextBytes / Gib, constants.CollectiveBytes / Gib, constants.Slack, constants.CompiledLogitBytes, constants.PointwiseGeluTensors,
        ];
        var priors = Bounds.Zip(values).Sum(pair => Soft(0.05 * (pair.Second - pair.First.Prior) / ((pair.First.High - pair.First.Low) / 2)));
        return errors + refusals + priors;
    }

    private static double Soft(double residual)
    {
        var scaled = residual / Softening;
        return Softening * Softening * (Math.Sqrt(1 + (scaled * scaled)) - 1);
    }

    private static MemoryConstants Constants(Vector<double> point)
    {
        var values = Bounds.Select((bound, i) => bound.Low + ((bound.High - bound.Low) / (1 + Math.Exp(-point[i])))).ToArray();
        return new(values[0] * Gib, values[1] * Gib, values[2], values[3], values[4]);
    }

    private static double Logit(double share) => Math.Log(share / (1 - share));
}
