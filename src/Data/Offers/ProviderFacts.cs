using System.Text.Json.Serialization;
using SlmPlanner.Core.Economics.Cost;

namespace SlmPlanner.Data.Offers;

/// <summary>The contract of <c>providers.json</c>: how the catalogs of single providers differ from those of the others.</summary>
/// <param name="SchemaVersion">Version of this format.</param>
/// <param name="Providers">The providers that differ.</param>
public sealed record ProviderList(int SchemaVersion, IReadOnlyList<ProviderEntry> Providers);

/// <summary>How one provider's catalogs differ.</summary>
public sealed record ProviderEntry
{
    /// <summary>Our name for the provider.</summary>
    public required string Provider { get; init; }

    /// <summary>Where this was seen or read.</summary>
    public required string Source { get; init; }

    /// <summary>When.</summary>
    public required DateOnly Date { get; init; }

    /// <summary>True where the on-demand price, not the spot price, is the wrong one when it is the lower.</summary>
    public bool OnDemandIsWrongBelowSpot { get; init; }

    /// <summary>How prices of a commitment are told from on-demand prices; null where they are not mixed up.</summary>
    public CommitmentRule? Commitments { get; init; }

    /// <summary>How the names of machines begin that come with local disks whose price is not in the catalog.</summary>
    public IReadOnlyList<string>? DisksNotPriced { get; init; }

    /// <summary>Single prices that something else contradicts.</summary>
    public IReadOnlyList<PriceDoubt>? Doubts { get; init; }

    /// <summary>What the number after SizeInMiB means.</summary>
    public MemorySize MemorySize { get; init; }

    /// <summary>True where the vCPU and RAM columns say nothing of the machine.</summary>
    public bool HostNotStated { get; init; }
}

/// <summary>On-demand prices of NVLink modules far below those of the dearest region are taken for a commitment's.</summary>
/// <param name="LeastShareOfDearest">Share of the dearest region's price below which a price is doubted, 0 to 1.</param>
/// <param name="FromComputeCapability">Least CUDA compute capability of the devices that this holds for.</param>
public sealed record CommitmentRule(double LeastShareOfDearest, double FromComputeCapability);

/// <summary>Prices of one machine type that are not believed, in whichever region.</summary>
/// <param name="InstanceType">The machine.</param>
/// <param name="Price">Which of its prices.</param>
/// <param name="UsdPerHour">The prices.</param>
/// <param name="SeenUntil">The day up to which prices are doubted; one seen later is believed again.</param>
/// <param name="Reason">What contradicts it, for people.</param>
/// <param name="Source">Where that was read.</param>
/// <param name="Date">When.</param>
public sealed record PriceDoubt(
    string InstanceType, PriceKind Price, IReadOnlyList<double> UsdPerHour, DateOnly SeenUntil, string Reason, string Source, DateOnly Date)
{
    /// <summary>True for a price that is doubted.</summary>
    internal bool Covers(Offer offer, bool spot) => spot == (Price == PriceKind.Spot) && offer.InstanceType == InstanceType
        && offer.SeenOf(spot).Until <= SeenUntil && (spot ? offer.SpotUsdPerHour : offer.OnDemandUsdPerHour) is { } price
        && UsdPerHour.Contains(price);
}

/// <summary>Which of an offer's two prices.</summary>
public enum PriceKind
{
    /// <summary>The price on demand.</summary>
    [JsonStringEnumMemberName("on_demand")] OnDemand,

    /// <summary>The interruptible price.</summary>
    [JsonStringEnumMemberName("spot")] Spot,
}

/// <summary>What the number after SizeInMiB in a catalog means.</summary>
public enum MemorySize
{
    /// <summary>MiB of one device.</summary>
    [JsonStringEnumMemberName("mib_of_device")] MibOfDevice,

    /// <summary>MiB of the machine.</summary>
    [JsonStringEnumMemberName("mib_of_machine")] MibOfMachine,

    /// <summary>GB of one device.</summary>
    [JsonStringEnumMemberName("gb_of_device")] GbOfDevice,
}

/// <summary>How providers' catalogs differ, by our name for the provider.</summary>
public sealed class ProviderFacts
{
    private static readonly ProviderEntry Usual = new() { Provider = "", Source = "", Date = default };
    private readonly Dictionary<string, ProviderEntry> _entries = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Joins lists; a later one replaces entries of an earlier one.</summary>
    public ProviderFacts(IEnumerable<ProviderList> lists)
    {
        foreach (var entry in lists.SelectMany(list => list.Providers))
            _entries[entry.Provider] = entry;
    }

    /// <summary>What is known of a provider; one that is not listed is as catalogs usually are.</summary>
    public ProviderEntry Of(string provider) => _entries.GetValueOrDefault(provider) ?? Usual;
}
