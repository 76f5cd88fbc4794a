using MathNet.Numerics.Statistics;

namespace SlmPlanner.Core.Economics.Prices;

/// <summary>
/// How much prices moved in so many days, from history: each series against itself, so that a change of what is listed is no change of
/// price. List prices stand still for months and then jump; so the ends are quantiles of what happened, and no spread of a curve.
/// </summary>
/// <param name="history">All series.</param>
public sealed class PriceOutlook(IReadOnlyList<PriceSeries> history)
{
    /// <summary>Fewest changes of one device for it to speak for itself.</summary>
    public const int FewestChanges = 30;

    /// <summary>Fewest providers of one device for it to speak for itself.</summary>
    public const int FewestProviders = 4;

    /// <summary>Share of moves below the lower end, and above the upper one.</summary>
    public const double Tail = 0.1;

    /// <summary>Days for which moves are looked up: shorter and longer spans take the nearer end.</summary>
    private const int LeastDays = 20, MostDays = 180;

    private readonly Dictionary<(string? Gpu, bool Spot, int Days), PriceMove?> _known = [];

    /// <summary>The moves of a device's prices; of all devices' where it has too few. Null without history.</summary>
    /// <param name="gpu">Canonical device name.</param>
    /// <param name="spot">True for interruptible prices.</param>
    /// <param name="days">Days, ≥ 0.</param>
    public PriceMove? Of(string gpu, bool spot, int days)
    {
        var span = Math.Clamp(days, LeastDays, MostDays);
        return Known(gpu, spot, span) is { } own && own.Changes >= FewestChanges && own.Providers >= FewestProviders
            ? own : Known(null, spot, span);
    }

    private PriceMove? Known(string? gpu, bool spot, int days)
    {
        lock (_known)
        {
            if (!_known.TryGetValue((gpu, spot, days), out var move))
                _known[(gpu, spot, days)] = move = Measure(gpu, spot, days);
            return move;
        }
    }

    private PriceMove? Measure(string? gpu, bool spot, int days)
    {
        var kind = spot ? PriceKey.Spot : PriceKey.OnDemand;
        var changes = history
            .Where(series => series.Key.Kind == kind && !series.Key.IsStatistic && (gpu is null || series.Key.Gpu == gpu))
            .SelectMany(series => Changes(series, days).Select(change => (series.Key.Provider, Log: change))).ToList();
        if (changes.Count == 0)
            return null;
        var logs = changes.Select(change => change.Log).Order().ToArray();
        var mean = changes.GroupBy(change => change.Provider).Average(provider => provider.Average(change => change.Log));
        return new(
            days, gpu, Math.Exp(mean), Math.Exp(SortedArrayStatistics.Quantile(logs, Tail)),
            Math.Exp(SortedArrayStatistics.Quantile(logs, 1 - Tail)),
            changes.Count, changes.Select(change => change.Provider).Distinct().Count());
    }

    /// <summary>
    /// From each price to the one seen nearest to so many days later, between two thirds and one and a half times as many; the
    /// logarithm for as many days.
    /// </summary>
    private static IEnumerable<double> Changes(PriceSeries series, int days)
    {
        foreach (var before in series.Points)
        {
            var after = series.Points.Where(point => (point.Day.DayNumber - before.Day.DayNumber) / (double)days is >= 2.0 / 3 and <= 1.5)
                .MinBy(point => Math.Abs(point.Day.DayNumber - before.Day.DayNumber - days));
            if (after?.UsdPerHour is { } later && before.UsdPerHour is { } price)
                yield return Math.Log(later / price) * days / (after.Day.DayNumber - before.Day.DayNumber);
        }
    }
}

/// <summary>How much prices moved in so many days.</summary>
/// <param name="Days">The days.</param>
/// <param name="Gpu">The device; null for all.</param>
/// <param name="Expected">By what factor in the mean, every provider counting the same.</param>
/// <param name="Low">Factor that a tenth of the moves lay below.</param>
/// <param name="High">Factor that a tenth of the moves lay above.</param>
/// <param name="Changes">Moves seen.</param>
/// <param name="Providers">Providers they are of.</param>
public sealed record PriceMove(int Days, string? Gpu, double Expected, double Low, double High, int Changes, int Providers);
