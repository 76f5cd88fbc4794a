using SlmPlanner.Core.Economics.Cost;
using SlmPlanner.Data.Csv;

namespace SlmPlanner.Data.Catalogs;

/// <summary>Reads gpuhunt's catalog of one provider: fourteen columns; spot prices are rows of their own.</summary>
/// <param name="facts">What importing needs to know.</param>
/// <param name="pool">Where offers go.</param>
/// <param name="skips">Where rows go that can't be imported.</param>
internal sealed class GpuhuntReader(ImportFacts facts, OfferPool pool, SkipLog skips)
{
    /// <summary>Reads one file.</summary>
    /// <exception cref="Core.InputException">It is no catalog, or unreadable from some line on.</exception>
    public void Read(CatalogFile file)
    {
        using var rows = CsvRows.Read(file.Open(), file.Name);
        var columns = new Columns(rows);
        var provider = facts.Networks.Provider(file.Provider);
        var machines = new CatalogMachines(facts, provider);
        var dates = file.Dated is { } day ? PriceDates.On(day) : facts.Dates;
        while (rows.Next())
        {
            if (rows.FieldCount != rows.Columns.Count)
                skips.Add(file.Name, rows.Line, "wrong number of fields", $"{rows.FieldCount}, the header has {rows.Columns.Count}");
            else if (!rows.TryNumber(columns.Count, out var count) || !rows.TryNumber(columns.Price, out var price)
                || !rows.TryNumber(columns.GpuMemory, out var memory))
                skips.Add(file.Name, rows.Line, "a number is malformed", rows.Raw.Trim().ToString());
            else if (count is null or 0)
                skips.WithoutGpu++;
            else if (count is not >= 1 || count != Math.Floor(count.Value))
                skips.Add(file.Name, rows.Line, "part of a GPU", FormattableString.Invariant($"{count} x {rows.Text(columns.Gpu)}"));
            else if (price is null)
                skips.Add(file.Name, rows.Line, "no price", rows.Text(columns.Instance));
            else if (!bool.TryParse(rows.Span(columns.Spot), out var isSpot))
                skips.Add(file.Name, rows.Line, "spot is neither True nor False", rows.Text(columns.Spot));
            else
                Add(machines, rows, columns, provider, dates, (int)count, price.Value, memory, isSpot);
        }
    }

    private void Add(CatalogMachines machines, CsvRows rows, Columns columns, string provider, PriceDates dates, int count, double price,
        double? memory, bool isSpot)
    {
        var instance = rows.Text(columns.Instance);
        var machine = machines.Identify(instance, rows.Text(columns.Gpu), memory, count, (gib, _) => [gib]);
        if (machine.Device is null)
        {
            skips.Add(rows.Name, rows.Line, machine.Reason, machine.Subject);
            return;
        }
        pool.Add(new()
        {
            Provider = provider,
            InstanceType = instance,
            Region = rows.Text(columns.Location) is { Length: > 0 } location ? location : "any",
            Gpu = machine.Device.Name,
            GpusPerNode = count,
            OnDemandUsdPerHour = isSpot ? null : price,
            SpotUsdPerHour = isSpot ? price : null,
            Link = machine.Link,
            Vcpus = rows.TryNumber(columns.Cpu, out var cpu) ? cpu : null,
            HostMemoryGib = rows.TryNumber(columns.Memory, out var host) ? host : null,
            Source = rows.Name,
            SeenFrom = dates.From,
            SeenUntil = dates.Until,
        });
    }

    private sealed class Columns(CsvRows rows)
    {
        public int Instance { get; } = rows.Required("instance_name");
        public int Location { get; } = rows.Required("location");
        public int Price { get; } = rows.Required("price");
        public int Count { get; } = rows.Required("gpu_count");
        public int Gpu { get; } = rows.Required("gpu_name");
        public int GpuMemory { get; } = rows.Required("gpu_memory");
        public int Spot { get; } = rows.Required("spot");
        public int? Cpu { get; } = rows.Optional("cpu");
        public int? Memory { get; } = rows.Optional("memory");
    }
}
