using SlmPlanner.Core.Planning.Probes;
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
        Caption = string.Join(' ', plan.Findings.Select(FindingWords.Of)),
        X = new("spent on probes, USD", AxisScale.FromZero, Readable.Usd),
        Y = new("expected cost beyond the best choice, USD", AxisScale.FromZero, Readable.Usd),
        Series = [new("regret", [.. plan.Path.Select(Place)], Palette.Blue)],
        Labels = [.. plan.Path.Skip(1).Select((point, index) =>
            new PointLabel(Place(point), $"{index + 1}. {Device(point.Probe!)}", Palette.TextOf(0)))],
    };

    /// <summary>Devices of an offer, which stand first in its name: the rest of it would hide the line.</summary>
    private static string Device(string offer) => offer.Split(',')[0];

    private static XyPoint Place(RegretPoint point) => new(point.SpentUsd, Math.Max(0, point.RegretUsd));
}
