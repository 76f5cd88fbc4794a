using SlmPlanner.Core.Planning.Results;
using SlmPlanner.Presentation.Charts;
using SlmPlanner.Presentation.Wording;

namespace SlmPlanner.Presentation.Plans.Charts;

/// <summary>The interval of the cost per GPU type: how sure the order is.</summary>
internal static class CostIntervalChart
{
    private const int MostRows = 12;
    private const int MostNamed = 3;
    private const double LogFromRatio = 12;
    private const double FarBeyond = 1.6;

    /// <summary>The chart, or null without candidates.</summary>
    public static Chart? Of(PlanResult result)
    {
        var shown = Rows(result);
        if (shown.Length == 0)
            return null;
        var isWide = shown.Max(row => row.CostUsdHigh) > LogFromRatio * shown.Min(row => row.CostUsdLow);
        var isFar = !isWide && result.Request.BudgetUsd > FarBeyond * shown.Max(row => row.CostUsdHigh);
        return new BarChart
        {
            Name = "cost-intervals",
            Title = $"Cost of the best choice per GPU type, with its {Readable.Percent(result.Request.Confidence)} interval",
            Caption = Caption(result, shown)
                + (isFar ? $" The budget of {Readable.Usd(result.Request.BudgetUsd!.Value)} is far beyond the chart." : ""),
            X = new(isWide ? $"cost of the run, {ShownCurrency.Current.Code} (log scale)"
                : $"cost of the run, {ShownCurrency.Current.Code}",
                isWide ? AxisScale.Log : AxisScale.FromZero, Readable.Usd),
            Rows = [.. shown.Select(row => Bar(row, row == result.Recommendation))],
            Limits = result.Request.BudgetUsd is { } budget && !isFar
                ? [new(IsVertical: true, budget, $"budget {Readable.Usd(budget)}")]
                : [],
        };
    }

    private static Candidate[] Rows(PlanResult result)
    {
        var others = result.BestPerGpu.Where(row => row.Gpu != result.Recommendation?.Gpu);
        return [.. (result.Recommendation is { } best ? others.Prepend(best) : others).Take(MostRows).OrderBy(row => row.CostUsd)];
    }

    private static BarRow Bar(Candidate row, bool isBest) => new(
        CandidateText.Devices(row), row.CostUsdLow, row.CostUsdHigh, Readable.Usd(row.CostUsd), isBest ? Palette.Vermillion : Palette.Blue)
    {
        Mark = row.CostUsd,
    };

    private static string Named(Candidate[] rivals)
    {
        var names = string.Join(", ", rivals.Take(MostNamed).Select(row => row.Gpu));
        return rivals.Length > MostNamed ? $"{names} and {rivals.Length - MostNamed} more" : names;
    }

    private static string Caption(PlanResult result, Candidate[] shown)
    {
        if (result.Recommendation is not { } best)
            return $"Dots are the expected costs. The cheapest type, {shown[0].Gpu}, is expected to cost {CandidateText.Cost(shown[0])}.";
        var rivals = shown.Where(row => row.Gpu != best.Gpu && row.CostUsdLow < best.CostUsdHigh && row.CostUsdHigh > best.CostUsdLow)
            .ToArray();
        var text = $"Dots are the expected costs. {best.Gpu} is expected to cost {CandidateText.Cost(best)}. ";
        return text + (rivals.Length == 0
            ? "No other type's interval reaches it, so the choice is settled."
            : $"{Named(rivals)} overlap with it in their intervals: a short measured burst on each would settle the order.");
    }
}
