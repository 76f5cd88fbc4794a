using SlmPlanner.Core.Planning.Results;
using SlmPlanner.Presentation.Charts;
using SlmPlanner.Presentation.Wording;

namespace SlmPlanner.Presentation.Plans.Charts;

/// <summary>The cost of the recommendation when one assumption is other than stated, the strongest first.</summary>
internal static class TornadoChart
{
    /// <summary>The chart, or null without a forecast.</summary>
    public static Chart? Of(PlanResult result)
    {
        if (result is not { Forecast: { Tornado.Count: > 0 } forecast, Recommendation: { } best })
            return null;
        return new BarChart
        {
            Name = "sensitivity",
            Title = "Cost of the run when one assumption is other than stated",
            Caption = Caption(forecast.Tornado, best),
            X = new($"cost of the run, {ShownCurrency.Current.Code}", AxisScale.Linear, Readable.Usd),
            Rows = [.. forecast.Tornado.Select(bar => Row(bar, best))],
            Limits = [new(IsVertical: true, best.CostUsd, $"as stated {Readable.Usd(best.CostUsd)}")],
        };
    }

    private static BarRow Row(TornadoBar bar, Candidate best) => new(
        $"{BreakdownWords.Factor(bar.Factor)} "
        + $"{Readable.Number(Math.Min(bar.LowMultiple, bar.HighMultiple))}–{Readable.Number(Math.Max(bar.LowMultiple, bar.HighMultiple))} ×",
        bar.CostUsdLow, bar.CostUsdHigh, Readable.UsdRange(bar.CostUsdLow, bar.CostUsdHigh), Palette.Blue)
    {
        Mark = best.CostUsd,
    };

    private static string Caption(IReadOnlyList<TornadoBar> bars, Candidate best)
    {
        var text = $"The cost hangs most on the {BreakdownWords.Factor(bars[0].Factor)}. ";
        var price = bars.FirstOrDefault(bar => bar.Factor == "price")?.BreakEvenMultiple;
        return text + (price is { } multiple
            ? $"The cheapest other GPU type would cost the same if {best.Gpu} cost {Readable.Number(multiple)} times its price."
            : "No other GPU type keeps the limits, whatever this one costs.");
    }
}
