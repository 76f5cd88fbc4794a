using SlmPlanner.Calibrator.Runs;
using SlmPlanner.Data.Measurements.Bursts;
using SlmPlanner.Data.Measurements.Runs;
using SlmPlanner.Presentation.Charts;

namespace SlmPlanner.Calibrator.Reporting;

/// <summary>
/// The roofline (Williams, Waterman and Patterson 2009): reached operations per second over operations per byte, under the
/// lower of measured bandwidth × intensity and the best multiply.
/// </summary>
internal static class RooflineChart
{
    private const double Giga = 1e9;

    /// <summary>The chart; null without multiplies.</summary>
    public static XyChart? Of(CalibrationResult result)
    {
        var multiplies = result.State.Micro!.Where(sample => sample.Kind == MicroKind.Matmul).ToArray();
        if (multiplies.Length == 0 || result.Device.MemoryBandwidthGbS is not { } bandwidth)
            return null;
        var groups = multiplies.GroupBy(sample => sample.Precision).OrderBy(group => group.Key).ToArray();
        var least = multiplies.Min(Intensity) / 8;
        var most = multiplies.Max(Intensity) * 2;
        return new()
        {
            Name = "roofline",
            Title = "Roofline: multiplies against what memory and arithmetic allow",
            Caption = Caption(groups),
            X = new("operations per byte moved", AxisScale.Log, value => $"{value:0.##}"),
            Y = new("reached GFLOP/s", AxisScale.Log, value => $"{value:0.##}"),
            Series =
            [
                .. groups.Select((group, index) => Roof(group, bandwidth, least, most, index)),
                .. groups.Select((group, index) =>
                    new XySeries($"{group.Key} multiplies", [.. group.Select(Point)], Palette.Of(index)) { LineWidth = 0 }),
            ],
            Labels = [.. groups.Select((group, index) =>
                new PointLabel(new(most, Peak(group)), $"{group.Key}".ToLowerInvariant(), Palette.TextOf(index)) { IsLineEnd = true })],
        };
    }

    private static XySeries Roof(IGrouping<BurstPrecision, MicroSample> group, double bandwidthGbS, double least, double most, int index)
    {
        var knee = Peak(group) / bandwidthGbS;
        return new($"{group.Key} roof", [new(least, least * bandwidthGbS), new(knee, Peak(group)), new(Math.Max(most, knee), Peak(group))],
            Palette.Of(index)) { MarkerSize = 0 };
    }

    private static string Caption(IEnumerable<IGrouping<BurstPrecision, MicroSample>> groups) => string.Join(" ", groups.Select(group =>
        $"In {group.Key.ToString().ToLowerInvariant()} the best multiply reaches {Peak(group):0} GFLOP/s and the smallest shape "
        + $"{group.Min(sample => sample.Flops / sample.Best) / Giga / Peak(group):P0} of it."));

    private static double Peak(IEnumerable<MicroSample> group) => group.Max(sample => sample.Flops / sample.Best) / Giga;

    private static double Intensity(MicroSample sample) => sample.Flops / sample.Bytes;

    private static XyPoint Point(MicroSample sample) => new(Intensity(sample), sample.Flops / sample.Best / Giga);
}
