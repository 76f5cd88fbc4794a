using SlmPlanner.Calibrator.Runs;
using SlmPlanner.Presentation.Charts;

namespace SlmPlanner.Calibrator.Reporting;

/// <summary>Cores that each burst kept busy, and those that other programs took.</summary>
internal static class UtilisationChart
{
    /// <summary>The chart; null when nothing was sampled.</summary>
    public static XyChart? Of(CalibrationResult result)
    {
        var bursts = result.State.Bursts.Select((pair, index) =>
            (Number: index + 1, Samples: pair.Burst.Utilisation.Where(sample => sample.BurstCores is not null).ToArray()))
            .Where(burst => burst.Samples.Length > 0).ToArray();
        if (bursts.Length == 0)
            return null;
        XyPoint[] own = [.. bursts.Select(burst => new XyPoint(burst.Number, burst.Samples.Average(sample => sample.BurstCores!.Value)))];
        XyPoint[] others = [.. bursts.Select(burst =>
            new XyPoint(burst.Number, burst.Samples.Average(sample => sample.OtherCores!.Value)))];
        return new()
        {
            Name = "utilisation",
            Title = "Cores busy during each burst",
            Caption = $"Bursts kept {own.Average(point => point.Y):0.00} cores busy on average, start-up included; other programs took "
                + $"{others.Average(point => point.Y):0.00}.",
            X = new("burst", AxisScale.Linear, value => $"{value:0}"),
            Y = new("cores", AxisScale.FromZero, value => $"{value:0.#}"),
            Series = [new("the burst", own, Palette.Of(0)) { LineWidth = 1 },
                new("other programs", others, Palette.Of(1)) { LineWidth = 1 }],
            Labels = [new(own[^1], "the burst", Palette.TextOf(0)), new(others[^1], "other programs", Palette.TextOf(1))],
        };
    }
}
