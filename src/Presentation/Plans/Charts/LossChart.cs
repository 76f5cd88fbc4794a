using SlmPlanner.Core.Planning.Results;
using SlmPlanner.Presentation.Charts;
using SlmPlanner.Presentation.Wording;

namespace SlmPlanner.Presentation.Plans.Charts;

/// <summary>Expected loss against dollars: what more money buys in quality.</summary>
internal static class LossChart
{
    /// <summary>The chart, or null without a recommendation or a curve.</summary>
    public static Chart? Of(PlanResult result)
    {
        var points = result.Curves.LossByUsd.OrderBy(point => point.Usd).ToArray();
        if (result.Recommendation is not { } best || points.Length < 2)
            return null;
        XyPoint[] chosen = best.ExpectedLoss is { } loss ? [new(best.CostUsd, loss)] : [];
        return new XyChart
        {
            Name = "loss-against-dollars",
            Title = $"Expected loss of {best.Model} against money spent on {CandidateText.Devices(best)}",
            Caption = Caption(best, points),
            X = new($"cost of the run, {ShownCurrency.Current.Code} (log scale)", AxisScale.Log, Readable.Usd),
            Y = new("loss, nats per token", AxisScale.Linear, Readable.Number),
            Bands = [new([.. points.Select(point => new BandPoint(point.Usd, point.LossLow, point.LossHigh))], Palette.Blue)],
            Series =
            [
                new("expected loss", [.. points.Select(point => new XyPoint(point.Usd, point.Loss))], Palette.Blue) { MarkerSize = 0 },
                new("recommended", chosen, Palette.Vermillion) { MarkerSize = 13, LineWidth = 0 },
            ],
            Labels = [.. chosen.Select(point => new PointLabel(point, $"{Readable.Usd(best.CostUsd)}: {Readable.Number(point.Y)}",
                 Palette.VermillionText, IsBold: true))],
        };
    }

    private static string Caption(Candidate best, LossPoint[] points)
    {
        var (first, last) = (points[0], points[^1]);
        var here = best.ExpectedLoss is { } loss
            ? $"The recommended run is expected to reach {Readable.Number(loss)} nats per token. "
            : "";
        return here + $"{Readable.Usd(first.Usd)} would reach {Readable.Number(first.Loss)} with {Readable.Count(first.Tokens)} tokens, "
            + $"and {Readable.Usd(last.Usd)} would reach {Readable.Number(last.Loss)} with {Readable.Count(last.Tokens)}. "
            + "The band is the scaling law's own uncertainty; its loss is that of its own data and tokenizer.";
    }
}
