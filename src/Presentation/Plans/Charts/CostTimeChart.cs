using SlmPlanner.Core.Planning.Requests;
using SlmPlanner.Core.Planning.Results;
using SlmPlanner.Presentation.Charts;
using SlmPlanner.Presentation.Wording;

namespace SlmPlanner.Presentation.Plans.Charts;

/// <summary>Cost against time: what more speed costs.</summary>
internal static class CostTimeChart
{
    /// <summary>The chart, or null without points.</summary>
    public static XyChart? Of(PlanResult result)
    {
        var all = result.Curves.CostTime;
        if (all.Count == 0)
            return null;
        var front = all.Where(point => point.OnFront).OrderBy(point => point.Hours).ToArray();
        return new XyChart
        {
            Name = "cost-against-time",
            Title = "Cost against time",
            Caption = Caption(result),
            X = new("time of the whole run (log scale)", AxisScale.LogHours, Readable.Hours),
            Y = new($"cost of the run, {ShownCurrency.Current.Code} (log scale)", AxisScale.Log, Readable.Usd),
            Series =
            [
                new("dominated", [.. all.Where(point => !point.OnFront).Select(Place)], Palette.Muted) { LineWidth = 0, MarkerSize = 5 },
                new("Pareto front", [.. front.Select(Place)], Palette.Blue),
                .. result.Recommendation is { } best ? [new XySeries("recommended", [Place(best)], Palette.Vermillion) { MarkerSize = 13 }]
                : Array.Empty<XySeries>(),
            ],
            Labels = [.. Labels(result.Recommendation, front)],
            Limits = [.. Limits(result.Request)],
        };
    }

    private static IEnumerable<PointLabel> Labels(Candidate? best, CostTimePoint[] front)
    {
        if (best is not null)
            yield return new(Place(best), CandidateText.Devices(best), Palette.VermillionText, IsBold: true);
        var others = front.Where(point => best is null || point.Gpu != best.Gpu || point.Gpus != best.Gpus).ToArray();
        foreach (var point in others.Take(1).Concat(others.Skip(1).TakeLast(1)))
            yield return Label(point);
        foreach (var point in others.Skip(1).SkipLast(1))
            yield return Label(point) with { IsOptional = true };
    }

    private static PointLabel Label(CostTimePoint point) => new(Place(point), $"{point.Gpus} × {point.Gpu}", Palette.Blue);

    private static IEnumerable<ChartLimit> Limits(PlanRequest request)
    {
        if (request.BudgetUsd is { } budget)
            yield return new(IsVertical: false, budget, $"budget {Readable.Usd(budget)}");
        if (request.DeadlineHours is { } deadline)
            yield return new(IsVertical: true, deadline, $"deadline {Readable.Hours(deadline)}");
    }

    private static string Caption(PlanResult result)
    {
        const string Grey = "Grey points cost more without being faster than some point of the blue front.";
        if (result.Alternatives.Count == 0)
            return Grey;
        var reference = result.Recommendation ?? result.Alternatives[0];
        var fastest = result.Alternatives.MinBy(candidate => candidate.Hours)!;
        if (fastest.Hours >= reference.Hours * 0.99)
            return $"{CandidateText.Devices(reference)} is already the fastest choice: {Readable.Hours(reference.Hours)} for"
                + $" {Readable.Usd(reference.CostUsd)}. {Grey}";
        var times = reference.Hours / fastest.Hours;
        var more = fastest.CostUsd / reference.CostUsd;
        return $"Against {CandidateText.Devices(reference)} ({Readable.Hours(reference.Hours)}, {Readable.Usd(reference.CostUsd)}),"
            + $" the fastest choice, "
            + $"{CandidateText.Devices(fastest)}, finishes {Readable.Number(times)} times as fast for"
            + $" {(more >= 2 ? $"{Readable.Number(more)} times the price" : $"{Readable.Percent(more - 1)} more money")}. {Grey}";
    }

    private static XyPoint Place(CostTimePoint point) => new(point.Hours, point.CostUsd);

    private static XyPoint Place(Candidate candidate) => new(candidate.Hours, candidate.CostUsd);
}
