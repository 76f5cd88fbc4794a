using SlmPlanner.Core.Economics.Prices;

namespace SlmPlanner.Data.Store;

/// <summary>How a price differs from the last one that was kept.</summary>
/// <param name="Key">What it is the price of.</param>
/// <param name="Before">The last price; null for a new one.</param>
/// <param name="After">The price now; null when it is gone.</param>
public sealed record PriceChange(PriceKey Key, double? Before, double? After)
{
    /// <summary>What happened to it.</summary>
    public PriceEvent Event => (Before, After) switch
    {
        (null, _) => PriceEvent.New,
        (_, null) => PriceEvent.Gone,
        var (before, after) => after > before ? PriceEvent.Up : PriceEvent.Down,
    };

    /// <summary>What changed from one state of a catalog to the next, in a fixed order; what is the same is left out.</summary>
    /// <param name="before">The prices that were kept.</param>
    /// <param name="after">The prices now.</param>
    public static IReadOnlyList<PriceChange> Between(
        IReadOnlyDictionary<PriceKey, double> before, IReadOnlyDictionary<PriceKey, double> after) =>
    [
        .. before.Keys.Union(after.Keys)
            .Select(key => new PriceChange(key, Of(before, key), Of(after, key)))
            .Where(change => change.Before != change.After)
            .OrderBy(change => change.Key.Provider, StringComparer.Ordinal).ThenBy(change => change.Key.Gpu, StringComparer.Ordinal)
            .ThenBy(change => change.Key.InstanceType, StringComparer.Ordinal).ThenBy(change => change.Key.Region, StringComparer.Ordinal)
            .ThenBy(change => change.Key.Kind, StringComparer.Ordinal),
    ];

    private static double? Of(IReadOnlyDictionary<PriceKey, double> prices, PriceKey key) => prices.TryGetValue(key, out var price) ? price
        : null;
}

/// <summary>What happened to a price.</summary>
public enum PriceEvent
{
    /// <summary>It was not known.</summary>
    New,

    /// <summary>It is listed no more.</summary>
    Gone,

    /// <summary>It rose.</summary>
    Up,

    /// <summary>It fell.</summary>
    Down,
}
