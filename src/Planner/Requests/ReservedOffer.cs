using SlmPlanner.Core;
using SlmPlanner.Core.Economics.Cost;
using SlmPlanner.Core.Hardware;
using SlmPlanner.Data.Offers;

namespace SlmPlanner.Planner.Requests;

/// <summary>
/// Reads a reserved term: <c>provider=lambda,gpu=H100-SXM,gpus=8,usd_per_hour=15.9,months=3</c>, the price for one machine.
/// </summary>
internal static class ReservedOffer
{
    private const string Option = "--reserved";

    /// <summary>The offer; its whole term is paid.</summary>
    /// <param name="text">The option's text.</param>
    /// <param name="devices">Devices by spelling.</param>
    /// <param name="networks">Links of the machines.</param>
    /// <param name="today">The day of the plan.</param>
    /// <exception cref="InputException">A part is missing, unknown or out of its range.</exception>
    public static Offer Parse(string text, DeviceCatalog devices, NetworkCatalog networks, DateOnly today)
    {
        var parts = new NamedParts(Option, text, "provider", "gpu", "gpus", "usd_per_hour", "months", "instance_type", "region", "stock");
        var device = devices.Find(parts.Needed("gpu"));
        var gpus = parts.Whole("gpus", 1, 1024) ?? 1;
        var provider = networks.Provider(parts.Needed("provider"));
        var instance = parts.Text("instance_type") ?? $"reserved {gpus}x{device.Name}";
        parts.Needed("usd_per_hour");
        parts.Needed("months");
        return new()
        {
            Provider = provider,
            InstanceType = instance,
            Region = parts.Text("region") ?? "any",
            Gpu = device.Name,
            GpusPerNode = gpus,
            OnDemandUsdPerHour = parts.Number("usd_per_hour", gpus * OfferRules.LeastUsdPerGpuHour, gpus * OfferRules.MostUsdPerGpuHour),
            TermMonths = parts.Number("months", 0.01, 120),
            Stock = parts.Whole("stock", 1, 100_000),
            Link = networks.Link(provider, instance, device),
            Source = Option,
            SeenUntil = today,
        };
    }
}
