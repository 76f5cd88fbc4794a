using SlmPlanner.Core;
using SlmPlanner.Core.Economics.Prices;
using SlmPlanner.Core.Hardware;
using SlmPlanner.Data.Csv;

namespace SlmPlanner.Data.Prices;

/// <summary>
/// Reads prices over time: <c>seen_date, provider, gpu, gpu_count, region, price_usd_per_hour, kind, source, basis, instance_type</c>;
/// the price is for <c>gpu_count</c> devices. docs/profiles.md says what the bases are.
/// </summary>
public static class PriceHistoryFile
{
    /// <summary>The prices of a file, in its order.</summary>
    /// <exception cref="InputException">A missing column, an unknown device, or a number outside its range; with the line.</exception>
    public static IReadOnlyList<PricePoint> Read(string path, DeviceCatalog devices, NetworkCatalog networks)
    {
        using var rows = CsvRows.Open(path);
        var (day, provider, gpu, count) = (rows.Required("seen_date"), rows.Required("provider"), rows.Required("gpu"),
            rows.Required("gpu_count"));
        var (region, price, kind) = (rows.Required("region"), rows.Required("price_usd_per_hour"), rows.Required("kind"));
        var (source, basis, instance) = (rows.Required("source"), rows.Required("basis"), rows.Optional("instance_type"));
        var points = new List<PricePoint>();
        while (rows.Next())
        {
            rows.RequireWholeRow();
            if (!devices.TryFind(rows.Text(gpu), null, out var device))
                throw rows.Bad(gpu, $"is not known: {devices.Unknown(rows.Text(gpu))}");
            if (!DateOnly.TryParseExact(rows.Span(day), "yyyy-MM-dd", out var seen))
                throw rows.Bad(day, "must be YYYY-MM-DD");
            var gpus = rows.Number(count, 1, 1024) ?? throw rows.Bad(count, "must not be empty");
            var key = new PriceKey(
                networks.Provider(rows.Text(provider)), device.Name, (int)gpus, rows.Text(region), rows.Text(kind), rows.Text(basis),
                rows.Text(instance));
            points.Add(new(key, seen, rows.Number(price, 0.001, 1e6), rows.Text(source)));
        }
        return points;
    }
}
