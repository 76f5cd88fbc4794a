using SlmPlanner.Core.Planning.Results;
using SlmPlanner.Presentation.Charts;
using SlmPlanner.Presentation.Wording;

namespace SlmPlanner.Presentation.Plans.Charts;

/// <summary>The probability that the run of the recommendation costs no more than an amount.</summary>
internal static class CostRiskChart
{
    /// <summary>The chart, or null without a forecast.</summary>
    public static Chart? Of(PlanResult result)
    {
        if (result is not { Forecast: { } forecast, Recommendation: { } best })
            return null;
        var quantiles = forecast.Risk.CostUsdQuantiles;
        var points = quantiles.Select((cost, i) => new XyPoint(cost, (i + 1.0) / (quantiles.Count + 1))).ToArray();
        return new XyChart
        {
            Name = "cost-risk",
            Title = "Probability that the run costs no more than this",
            Caption = Caption(forecast.Risk, best),
            X = new($"cost of the run, {ShownCurrency.Current.Code}", AxisScale.Linear, Readable.Usd),
            Y = new("probability", AxisScale.FromZero, Readable.Percent),
            Series =
            [
                new(CandidateText.Devices(best), points, Palette.Vermillion) { MarkerSize = 0 },
                new("half and nine in ten", [.. Named(forecast.Risk).Select(name => name.Point)], Palette.Vermillion) { LineWidth = 0,
                    MarkerSize = 9 },
            ],
            Labels = [.. Named(forecast.Risk)],
            Limits = result.Request.BudgetUsd is { } budget && budget < 1.2 * quantiles[^1]
                ? [new(IsVertical: true, budget, $"budget {Readable.Usd(budget)}")]
                : [],
        };
    }

    private static PointLabel[] Named(RiskBand risk) =>
    [
        new(new(risk.CostUsdMedian, 0.5), $"half: {Readable.Usd(risk.CostUsdMedian)}", Palette.VermillionText),
        new(new(risk.CostUsdNinety, 0.9), $"nine in ten: {Readable.Usd(risk.CostUsdNinety)}", Palette.VermillionText),
    ];

    private static string Caption(RiskBand risk, Candidate best) =>
        $"{CandidateText.Devices(best)}: half of {Readable.Whole(risk.Draws)} drawn runs cost less than"
            + $" {Readable.Usd(risk.CostUsdMedian)}, nine in ten less than {Readable.Usd(risk.CostUsdNinety)}. "
        + (risk.ProbabilityWithinBudget is { } kept
            ? $"The probability that the budget is kept is {Readable.Probability(kept)}."
            : "No budget was given.");
}
