using SlmPlanner.Core.Economics.Cost;
using SlmPlanner.Core.Hardware;

namespace SlmPlanner.Data.Catalogs;

/// <summary>
/// A machine type as a price list shows it: the cheapest region on demand and, apart from it, the cheapest region for
/// spot, which is often another.
/// </summary>
/// <param name="Device">The device in the machine.</param>
/// <param name="OnDemand">The offer that is cheapest on demand; the only one when every region has its row.</param>
/// <param name="Spot">The offer that is cheapest interruptible; null when none is sold.</param>
public sealed record PriceRow(Accelerator Device, Offer OnDemand, Offer? Spot)
{
    private const double SecondsPerHour = 3600;

    /// <summary>USD per hour of the machine: on demand where sold, else spot.</summary>
    public double LeastUsdPerHour => OnDemand.OnDemandUsdPerHour ?? Spot!.SpotUsdPerHour!.Value;

    /// <summary>Dense 16-bit matrix peak of one device, teraFLOP/s: bf16, or fp16 where there is no bf16.</summary>
    public double? PeakTflops => Device.Bf16Tflops ?? Device.Fp16Tflops;

    /// <summary>USD per 10^15 floating-point operations at the dense 16-bit peak; null without a known peak.</summary>
    public double? UsdPerPetaflop => PeakTflops is { } peak
        ? LeastUsdPerHour / (OnDemand.GpusPerNode * peak * 1e12 * SecondsPerHour / 1e15)
        : null;

    /// <summary>USD per hour and GiB of device memory.</summary>
    public double UsdPerGibHour => LeastUsdPerHour / (OnDemand.GpusPerNode * Device.MemoryGib);

    /// <summary>Price rows of offers, by device, number of devices and price.</summary>
    /// <param name="offers">The offers.</param>
    /// <param name="filter">Which are asked for.</param>
    /// <param name="devices">Devices by name.</param>
    /// <param name="everyRegion">True for one row per region, false for one per machine type.</param>
    public static IReadOnlyList<PriceRow> Of(IEnumerable<Offer> offers, OfferFilter filter, DeviceCatalog devices, bool everyRegion) =>
    [
        .. offers.Where(filter.Matches)
            .GroupBy(offer => (offer.Gpu, offer.GpusPerNode, offer.Provider, offer.InstanceType, Region: everyRegion ? offer.Region : ""))
            .Select(group => Of([.. group], devices.Find(group.Key.Gpu), filter.Spot))
            .OrderBy(row => row.Device.Name, StringComparer.Ordinal).ThenBy(row => row.OnDemand.GpusPerNode)
            .ThenBy(row => filter.Spot ? row.Spot!.SpotUsdPerHour : row.LeastUsdPerHour)
            .ThenBy(row => row.OnDemand.Provider, StringComparer.Ordinal).ThenBy(row => row.OnDemand.InstanceType, StringComparer.Ordinal)
            .ThenBy(row => row.OnDemand.Region, StringComparer.Ordinal),
    ];

    private static PriceRow Of(IReadOnlyList<Offer> offers, Accelerator device, bool spotOnly)
    {
        var spot = offers.Where(offer => offer.SpotUsdPerHour is not null).MinBy(offer => offer.SpotUsdPerHour);
        var onDemand = offers.Where(offer => offer.OnDemandUsdPerHour is not null).MinBy(offer => offer.OnDemandUsdPerHour);
        return new(device, spotOnly ? spot! : onDemand ?? spot!, spot);
    }
}
