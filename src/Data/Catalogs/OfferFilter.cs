using SlmPlanner.Core;
using SlmPlanner.Core.Economics.Cost;
using SlmPlanner.Core.Hardware;
using SlmPlanner.Core.Text;

namespace SlmPlanner.Data.Catalogs;

/// <summary>Which offers are asked for.</summary>
/// <param name="Gpus">Canonical device names with the number of devices, null for any number; empty for all.</param>
/// <param name="Providers">Providers; empty for all.</param>
/// <param name="Regions">Regions; empty for all.</param>
/// <param name="Spot">True for interruptible machines only.</param>
/// <param name="MostUsdPerHour">Most that a machine may cost per hour, USD; null for any.</param>
public sealed record OfferFilter(
    IReadOnlyList<(string Gpu, int? Count)> Gpus,
    IReadOnlyList<string> Providers, IReadOnlyList<string> Regions, bool Spot, double? MostUsdPerHour)
{
    /// <summary>Reads what was typed.</summary>
    /// <param name="gpus">Device names separated by commas, each perhaps with a number: <c>H100:8,L4</c>.</param>
    /// <param name="providers">Providers separated by commas.</param>
    /// <param name="regions">Regions separated by commas.</param>
    /// <param name="spot">Interruptible machines only.</param>
    /// <param name="maxUsd">Most per machine and hour.</param>
    /// <param name="devices">Devices by spelling.</param>
    /// <param name="catalog">The offers, whose providers and regions can be named.</param>
    /// <exception cref="InputException">A name is unknown or a number is absurd.</exception>
    public static OfferFilter Parse(string? gpus, string? providers, string? regions, bool spot, double? maxUsd, DeviceCatalog devices,
        OfferCatalog catalog) => new(
        [.. Split(gpus).Select(text => Gpu(text, devices))],
        [.. Split(providers).Select(name => Known("provider", name, catalog.Offers.Select(offer => offer.Provider)))],
        [.. Split(regions).Select(name => Known("region", name, catalog.Offers.Select(offer => offer.Region)))],
        spot,
        maxUsd is null or (> 0 and < double.PositiveInfinity) ? maxUsd
        : throw new InputException($"--max-usd is {maxUsd}, allowed above 0"));

    /// <summary>The price that counts: spot or on-demand, USD per hour of the machine; null when not sold so.</summary>
    public double? Price(Offer offer) => Spot ? offer.SpotUsdPerHour : offer.OnDemandUsdPerHour ?? offer.SpotUsdPerHour;

    /// <summary>True for an offer that is asked for.</summary>
    public bool Matches(Offer offer) =>
        (Gpus.Count == 0 || Gpus.Any(gpu => gpu.Gpu == offer.Gpu && (gpu.Count ?? offer.GpusPerNode) == offer.GpusPerNode))
        && (Providers.Count == 0 || Providers.Contains(offer.Provider))
        && (Regions.Count == 0 || Regions.Contains(offer.Region))
        && Price(offer) is { } price && price <= (MostUsdPerHour ?? double.MaxValue);

    private static (string Gpu, int? Count) Gpu(string text, DeviceCatalog devices)
    {
        var colon = text.LastIndexOf(':');
        if (colon < 0)
            return (devices.Find(text).Name, null);
        return int.TryParse(text.AsSpan(colon + 1), out var count) && count > 0
            ? (devices.Find(text[..colon]).Name, count)
            : throw new InputException($"--gpu {text}: expected NAME or NAME:COUNT, for example H100:8");
    }

    private static string Known(string kind, string name, IEnumerable<string> known)
    {
        var all = known.Distinct(StringComparer.Ordinal).ToList();
        return all.Find(candidate => string.Equals(candidate, name, StringComparison.OrdinalIgnoreCase))
            ?? throw new InputException(NearestNames.Unknown(kind, name, all));
    }

    private static string[] Split(string? text) =>
        (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
