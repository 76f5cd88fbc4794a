using SlmPlanner.Core.Planning.Results;
using SlmPlanner.Presentation.Charts;
using SlmPlanner.Presentation.Wording;

namespace SlmPlanner.Presentation.Plans.Charts;

/// <summary>Tokens per dollar against the micro-batch on the recommended machines.</summary>
internal static class MicroBatchChart
{
    /// <summary>The chart, or null without a recommendation or points.</summary>
    public static Chart? Of(PlanResult result)
    {
        var points = result.Curves.TokensPerUsdByMicroBatch.OrderBy(point => point.MicroBatch).ToArray();
        if (result.Recommendation is not { } best || points.Length == 0)
            return null;
        var chosen = points.Where(point => point.MicroBatch == best.MicroBatch).Select(Place).ToArray();
        return new XyChart
        {
            Name = "tokens-per-dollar-by-batch",
            Title = $"Tokens per dollar against micro-batch on {CandidateText.Devices(best)}",
            Caption = Caption(best, points),
            X = new("sequences per GPU and forward pass", AxisScale.PowersOfTwo, Readable.Number),
            Y = new("tokens per USD", AxisScale.FromZero, Readable.Count),
            Series =
            [
                new("does not fit", [.. points.Where(point => !point.Fits).Select(Place)], Palette.Slate) { IsHollow = true, LineWidth = 0,
                    MarkerSize = 9 },
                new("fits", [.. points.Where(point => point.Fits).Select(Place)], Palette.Blue),
                new("recommended", chosen, Palette.Vermillion) { MarkerSize = 13, LineWidth = 0 },
            ],
            Labels =
            [
                .. chosen.Select(point => new PointLabel(point, "recommended", Palette.VermillionText, IsBold: true)),
                .. points.Where(point => !point.Fits).Take(1).Select(point => new PointLabel(Place(point), "does not fit", Palette.Slate)),
            ],
        };
    }

    private static XyPoint Place(MicroBatchPoint point) => new(point.MicroBatch, point.TokensPerUsd);

    private static string Caption(Candidate best, MicroBatchPoint[] points)
    {
        var text = $"Micro-batch {best.MicroBatch} gives {Readable.Count(best.TokensPerUsd)} tokens per dollar";
        var chosen = points.FirstOrDefault(point => point.MicroBatch == best.MicroBatch);
        if (chosen is not null && points[0].MicroBatch < best.MicroBatch)
            text += $", {Readable.Percent(chosen.TokensPerUsd / points[0].TokensPerUsd - 1)} more than {points[0].MicroBatch}";
        var tooLarge = points.FirstOrDefault(point => !point.Fits);
        return tooLarge is null
            ? $"{text}. Every size shown fits in memory."
            : $"{text}. A micro-batch of {tooLarge.MicroBatch} would need {Readable.Gib(tooLarge.PeakMemoryBytes)} of the"
                + $" {Readable.Gib(best.DeviceMemoryBytes)} there are.";
    }
}
