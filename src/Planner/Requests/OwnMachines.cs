using System.Globalization;
using SlmPlanner.Core;
using SlmPlanner.Core.Economics.Cost;
using SlmPlanner.Core.Hardware;
using SlmPlanner.Core.Planning.Scheduling;
using SlmPlanner.Data.Offers;

namespace SlmPlanner.Planner.Requests;

/// <summary>
/// Reads machines that one has: <c>4xRTX4090@0.35</c>, at USD per GPU-hour all in, or <c>4xRTX4090,price_usd=1800</c>, from
/// which <see cref="OwnCost"/> works the rate out; <c>years, use_share, usd_per_kwh, machine_factor</c> may be given too.
/// </summary>
internal static class OwnMachines
{
    private const string Option = "--own";
    private const int GpusPerNode = 8;

    /// <summary>The machines as offers, whole and in parts.</summary>
    /// <param name="text">The option's text.</param>
    /// <param name="devices">Devices by spelling.</param>
    /// <param name="networkGbitS">Network of one machine, Gbit/s; null when there is none to train over.</param>
    /// <param name="today">The day of the plan.</param>
    /// <exception cref="InputException">Not of either form, or a number out of its range.</exception>
    public static IReadOnlyList<Offer> Parse(string text, DeviceCatalog devices, double? networkGbitS, DateOnly today)
    {
        var (machines, rate, rest) = Split(text);
        var fleet = Fleet.Parse(machines, GpusPerNode, Option);
        var device = devices.Find(fleet.Gpu);
        return FleetOffers.Of(fleet, device, networkGbitS, rate is null ? Cost(rest, device).UsdPerGpuHour : Rate(rate), today, Option);
    }

    private static (string Machines, string? Rate, string Parts) Split(string text)
    {
        var comma = text.IndexOf(',', StringComparison.Ordinal);
        var (head, rest) = comma < 0 ? (text, "") : (text[..comma], text[(comma + 1)..]);
        var at = head.LastIndexOf('@');
        if (at >= 0 && rest.Length > 0)
            throw new InputException($"{Option} is '{text}', expected either @USD_PER_GPU_HOUR or price_usd=…, not both");
        return at < 0 ? (head, null, rest) : (head[..at], head[(at + 1)..], rest);
    }

    private static double Rate(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var usd)
        && usd is > 0 and <= OfferRules.MostUsdPerGpuHour
            ? usd
            : throw new InputException($"{Option}: the rate is '{text}', allowed above 0 to {OfferRules.MostUsdPerGpuHour} USD per "
                + $"GPU-hour");

    private static OwnCost Cost(string text, Accelerator device)
    {
        var parts = new NamedParts(Option, text, "price_usd", "years", "use_share", "usd_per_kwh", "machine_factor", "watts");
        parts.Needed("price_usd");
        var cost = new OwnCost
        {
            PriceUsd = parts.Number("price_usd", 0, 1e6)!.Value,
            Watts = parts.Number("watts", 1, 1e5) ?? device.TdpW
            ?? throw new InputException($"{Option}: the power of {device.Name} is not known: give watts=…"),
        };
        return cost with
        {
            Years = parts.Number("years", 0.1, 20) ?? cost.Years,
            UseShare = parts.Number("use_share", 0.01, 1) ?? cost.UseShare,
            UsdPerKwh = parts.Number("usd_per_kwh", 0, 10) ?? cost.UsdPerKwh,
            MachineFactor = parts.Number("machine_factor", 1, 10) ?? cost.MachineFactor,
        };
    }
}
