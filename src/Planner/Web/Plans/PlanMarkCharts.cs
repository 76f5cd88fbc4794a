using SlmPlanner.Core.Planning.Results;
using SlmPlanner.Presentation.Charts;
using SlmPlanner.Presentation.Plans.Charts;
using SlmPlanner.Presentation.Wording;

namespace SlmPlanner.Planner.Web.Plans;

/// <summary>The report's two main charts with points that can be pointed at, grouped by GPU type.</summary>
internal static class PlanMarkCharts
{
    /// <summary>Cost against time; null without points.</summary>
    public static MarkChart? CostTime(PlanResult plan) => CostTimeChart.Of(plan) is not { } chart ? null : new MarkChart
    {
        Name = "cost-time",
        Title = chart.Title,
        Caption = chart.Caption + (plan.Answers is { Count: > 0 } ? " Crosses show how far the three answers may lie." : ""),
        X = chart.X,
        Y = chart.Y,
        Limits = chart.Limits,
        Groups = [.. plan.Curves.CostTime.GroupBy(point => point.Gpu)
            .Select(group => new MarkGroup(group.Key, [.. group.Select(point => Mark(plan, point))], IsJoined: false))],
        Intervals = [.. (plan.Answers ?? []).Select(answer => answer.Candidate).DistinctBy(candidate => candidate.PlanId).Select(Interval)],
        Front = [.. plan.Curves.CostTime.Where(point => point.OnFront).OrderBy(point => point.Hours)
            .Select(point => new XyPoint(point.Hours, point.CostUsd))],
    };

    /// <summary>Tokens per dollar against the number of GPUs, the best type first; null without points.</summary>
    public static MarkChart? GpuCount(PlanResult plan) => GpuCountChart.Of(plan) is not { } chart ? null : new MarkChart
    {
        Name = "gpu-count",
        Title = chart.Title,
        Caption = chart.Caption,
        X = chart.X,
        Y = chart.Y,
        Groups =
        [
            .. plan.Curves.TokensPerUsdByGpuCount.GroupBy(point => point.Gpu)
                .OrderByDescending(group => group.Key == plan.Recommendation?.Gpu)
                .ThenByDescending(group => group.Max(point => point.TokensPerUsd))
                .Select(group => new MarkGroup(group.Key, [.. group.OrderBy(point => point.Gpus).Select(point => Mark(plan, point))],
                    IsJoined: true)),
        ],
    };

    /// <summary>The GPU types of a plan's charts, by name.</summary>
    public static IReadOnlyList<string> Gpus(PlanResult plan) =>
        [.. plan.Curves.CostTime.Select(point => point.Gpu).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    private static (XyPoint Point, XyPoint Low, XyPoint High) Interval(Candidate candidate) => (
        new(candidate.Hours, candidate.CostUsd), new(candidate.HoursLow, candidate.CostUsdLow),
        new(candidate.HoursHigh, candidate.CostUsdHigh));

    private static Mark Mark(PlanResult plan, CostTimePoint point)
    {
        var isChosen = plan.Recommendation is { } best && best.Gpu == point.Gpu && best.Gpus == point.Gpus && best.CostUsd == point.CostUsd;
        return new(
            new(point.Hours, point.CostUsd),
            $"{point.Gpus} × {point.Gpu} from {point.Provider}: {Readable.Hours(point.Hours)}, "
            + $"{Readable.Usd(point.CostUsd)}{(isChosen ? ", recommended" : "")}",
            isChosen ? MarkKind.Chosen : point.OnFront ? MarkKind.Front : MarkKind.Plain);
    }

    private static Mark Mark(PlanResult plan, GpuCountPoint point)
    {
        var isChosen = plan.Recommendation is { } best && best.Gpu == point.Gpu && best.Gpus == point.Gpus;
        return new(
            new(point.Gpus, point.TokensPerUsd),
            $"{point.Gpus} × {point.Gpu}: {Readable.Count(point.TokensPerUsd)} tokens per "
            + $"USD{(isChosen ? ", the number recommended" : "")}",
            isChosen ? MarkKind.Chosen : MarkKind.Plain);
    }
}
