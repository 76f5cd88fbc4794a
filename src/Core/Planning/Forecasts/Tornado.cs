using MathNet.Numerics.RootFinding;
using SlmPlanner.Core.Economics.Cost;
using SlmPlanner.Core.Economics.Prices;
using SlmPlanner.Core.Planning.Results;

namespace SlmPlanner.Core.Planning.Forecasts;

/// <summary>Which assumption the cost of a recommendation hangs on most, and what would make the runner-up win.</summary>
public static class Tornado
{
    private const double SmallestMultiple = 0.02;
    private const double LargestMultiple = 50;
    private const double Accuracy = 1e-6;

    /// <summary>One bar per factor, the longest first.</summary>
    /// <param name="run">The recommendation's run.</param>
    /// <param name="assumptions">What runs do besides their steps.</param>
    /// <param name="runnerUpUsd">Expected cost of the best candidate of another device; null when there is none.</param>
    /// <param name="prices">How prices move until the machines are rented; null where no history is at hand.</param>
    internal static IReadOnlyList<TornadoBar> Of(UncertainRun run, RunAssumptions assumptions, double? runnerUpUsd,
        PriceMove? prices = null) =>
        [.. SensitivityFactor.All(run.LogSpread, prices)
            .Select(factor => Bar(factor, run, assumptions, runnerUpUsd))
            .OrderByDescending(bar => bar.SwingUsd)
            .ThenBy(bar => bar.Factor, StringComparer.Ordinal)];

    private static TornadoBar Bar(SensitivityFactor factor, UncertainRun run, RunAssumptions assumptions, double? runnerUpUsd)
    {
        double Cost(double multiple)
        {
            var (changed, assumed) = factor.Apply(run.Demand, assumptions, multiple);
            return new RunModel(assumed).Expect(changed, run.LogSpread).CostUsd;
        }

        var breakEven = factor.OwnOnly && runnerUpUsd is { } target ? Root(multiple => Cost(multiple) - target) : null;
        return new(factor.Name, factor.Low, factor.High, Cost(factor.Low), Cost(factor.High), breakEven);
    }

    private static double? Root(Func<double, double> excess) =>
        Brent.TryFindRoot(excess, SmallestMultiple, LargestMultiple, Accuracy, 200, out var root) ? root : null;
}
