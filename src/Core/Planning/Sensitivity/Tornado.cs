using MathNet.Numerics.RootFinding;
using SlmPlanner.Core.Economics.Cost;

namespace SlmPlanner.Core.Planning.Sensitivity;

/// <summary>Which assumption the cost of a recommendation hangs on most, and what would make the runner-up win.</summary>
public static class Tornado
{
    private const double SmallestMultiple = 0.02;
    private const double LargestMultiple = 50;
    private const double Accuracy = 1e-6;

    /// <summary>One bar per factor, the longest first.</summary>
    /// <param name="run">The recommendation's run at its median step time.</param>
    /// <param name="assumptions">What runs do besides their steps.</param>
    /// <param name="logSpread">Standard deviation of the logarithm of its step time, ≥ 0.</param>
    /// <param name="runnerUpUsd">Expected cost of the best candidate of another device; null when there is none.</param>
    public static IReadOnlyList<TornadoBar> Of(RunDemand run, RunAssumptions assumptions, double logSpread, double? runnerUpUsd) =>
        [.. SensitivityFactor.All(logSpread)
            .Select(factor => Bar(factor, run, assumptions, logSpread, runnerUpUsd))
            .OrderByDescending(bar => bar.SwingUsd)
            .ThenBy(bar => bar.Factor, StringComparer.Ordinal)];

    private static TornadoBar Bar(SensitivityFactor factor, RunDemand run, RunAssumptions assumptions, double logSpread, double? runnerUpUsd)
    {
        double Cost(double multiple)
        {
            var (changed, assumed) = factor.Apply(run, assumptions, multiple);
            return new RunModel(assumed).Expect(changed, logSpread).CostUsd;
        }

        var breakEven = factor.OwnOnly && runnerUpUsd is { } target ? Root(multiple => Cost(multiple) - target) : null;
        return new(factor.Name, factor.Low, factor.High, Cost(factor.Low), Cost(factor.High), breakEven);
    }

    private static double? Root(Func<double, double> excess) =>
        Brent.TryFindRoot(excess, SmallestMultiple, LargestMultiple, Accuracy, 200, out var root) ? root : null;
}

/// <summary>The recommendation's expected cost when one thing is other than assumed.</summary>
/// <param name="Factor">Kebab-case: <c>price</c>, <c>mfu</c>, <c>tokens</c>, <c>stops</c>, <c>start-up</c>, <c>checkpoint-rate</c>.</param>
/// <param name="LowMultiple">The factor's multiple that makes the run cheaper.</param>
/// <param name="HighMultiple">The factor's multiple that makes the run dearer.</param>
/// <param name="CostUsdLow">Cost at the former.</param>
/// <param name="CostUsdHigh">Cost at the latter.</param>
/// <param name="BreakEvenMultiple">The multiple at which the runner-up costs the same; null when none does, or none is given.</param>
public sealed record TornadoBar(
    string Factor, double LowMultiple, double HighMultiple, double CostUsdLow, double CostUsdHigh, double? BreakEvenMultiple)
{
    /// <summary>Length of the bar, USD.</summary>
    public double SwingUsd => CostUsdHigh - CostUsdLow;
}
