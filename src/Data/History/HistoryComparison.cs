using MathNet.Numerics.Statistics;
using SlmPlanner.Core.Findings;

namespace SlmPlanner.Data.History;

/// <summary>One number in two runs.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Before">In the earlier run; null where it was not measured.</param>
/// <param name="After">In the later run.</param>
public sealed record NumberChange(string Name, double? Before, double? After)
{
    /// <summary>After over before, less one; null where either is missing.</summary>
    public double? Change => Before is > 0 && After is { } after ? after / Before.Value - 1 : null;
}

/// <summary>Compares two runs of a device, and says whether it became slower.</summary>
public static class HistoryComparison
{
    /// <summary>Names that end so are rates: less is slower.</summary>
    public const string RateSuffix = "_per_s";
    private const double SlowerShare = 0.10;

    /// <summary>Every number of either run, by name.</summary>
    public static IReadOnlyList<NumberChange> Compare(HistoryEntry before, HistoryEntry after) =>
    [
        .. before.Numbers.Keys.Union(after.Numbers.Keys).Order(StringComparer.Ordinal).Select(name => new NumberChange(
            name, before.Numbers.TryGetValue(name, out var old) ? old : null, after.Numbers.TryGetValue(name, out var current) ? current
            : null)),
    ];

    /// <summary>
    /// A warning when the median rate of the later run is more than a tenth below that of the fastest earlier run of the same
    /// device and machine.
    /// </summary>
    public static DeviceSlower? Slower(IReadOnlyList<HistoryEntry> earlier, HistoryEntry latest)
    {
        var worst = earlier.Where(entry => entry.Device == latest.Device && entry.Machine == latest.Machine)
            .Select(entry => (Entry: entry, Ratio: MedianRateRatio(entry, latest)))
            .Where(pair => pair.Ratio is not null).OrderBy(pair => pair.Ratio).FirstOrDefault();
        return worst.Ratio < 1 - SlowerShare
            ? new DeviceSlower(latest.Device, worst.Ratio.Value, worst.Entry.Id, DateOnly.FromDateTime(worst.Entry.At.DateTime))
            : null;
    }

    private static double? MedianRateRatio(HistoryEntry before, HistoryEntry after)
    {
        var ratios = Compare(before, after).Where(change => change.Name.EndsWith(RateSuffix, StringComparison.Ordinal)
            && change.Change is not null)
            .Select(change => 1 + change.Change!.Value).ToArray();
        return ratios.Length == 0 ? null : ratios.Median();
    }
}
