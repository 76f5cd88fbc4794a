using SlmPlanner.Core.Planning.Results;
using SlmPlanner.Presentation.Charts;
using SlmPlanner.Presentation.Wording;

namespace SlmPlanner.Presentation.Probes;

/// <summary>What remains to regret against what was spent on probes.</summary>
internal static class RegretChart
{
    /// <summary>The chart, or null where no probe pays: one point is no line.</summary>
    public static Chart? Of(ProbePlan plan) => plan.Path.Count < 2 ? null : new XyChart
    {
        Name = "probe-regret",
        Title = "Expected regret against money spent on probes",
        Caption = Caption(plan.Path[0], plan.Path[^1]),
        X = new($"spent on probes, {ShownCurrency.Current.Code}", AxisScale.FromZero, Readable.Usd),
        Y = new($"expected cost beyond the best choice, {ShownCurrency.Current.Code}", AxisScale.FromZero, Readable.Usd),
        Series = [new("regret", [.. plan.Path.Select(Place)], Palette.Blue)],
        Labels = [.. plan.Path.Select(point => new PointLabel(
            Place(point), point.Probe is { } offer ? $"+ {Device(offer)}" : "nothing measured", Palette.TextOf(0)))],
    };

    private static string Caption(RegretPoint before, RegretPoint after) =>
        $"Chosen without measuring, the run is expected to cost {Readable.Usd(before.RegretUsd)} more than the best choice in hindsight; "
        + $"after {Readable.Usd(after.SpentUsd)} of probes, {Readable.Usd(after.RegretUsd)} more.";

    /// <summary>Devices of an offer, which stand first in its name: the rest of it would hide the line.</summary>
    private static string Device(string offer) => offer.Split(',')[0];

    private static XyPoint Place(RegretPoint point) => new(point.SpentUsd, Math.Max(0, point.RegretUsd));
}
