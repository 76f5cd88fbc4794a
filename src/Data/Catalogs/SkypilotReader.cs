using SlmPlanner.Data.Csv;

namespace SlmPlanner.Data.Catalogs;

/// <summary>Reads SkyPilot's catalog of one cloud, row by row.</summary>
/// <param name="facts">What importing needs to know.</param>
/// <param name="pool">Where offers go.</param>
/// <param name="skips">Where rows go that can't be imported.</param>
internal sealed class SkypilotReader(ImportFacts facts, OfferPool pool, SkipLog skips)
{
    /// <summary>Reads one file.</summary>
    /// <exception cref="Core.InputException">It is no catalog, or unreadable from some line on.</exception>
    public void Read(CatalogFile file)
    {
        using var rows = CsvRows.Read(file.Open(), file.Name);
        var columns = new SkypilotColumns(rows);
        var provider = facts.Networks.Provider(file.Provider);
        var machines = new CatalogMachines(facts, provider);
        var apart = new AcceleratorJoin(facts, provider, file.Name, pool, skips);
        while (rows.Next())
        {
            if (!columns.IsWhole)
                skips.Add(file.Name, rows.Line, "wrong number of fields", $"{rows.FieldCount}, the header has {rows.Columns.Count}");
            else if (!columns.HasAccelerator && !facts.Hosts.Contains(columns.Instance))
                skips.WithoutGpu++;
            else if (!columns.TryNumbers(out var count, out var price, out var spot))
                skips.Add(file.Name, rows.Line, "a number is malformed", rows.Raw.Trim().ToString());
            else if (!columns.HasAccelerator)
                apart.AddHost(columns, price, spot);
            else if (count is not >= 1 || count != Math.Floor(count.Value))
                skips.Add(file.Name, rows.Line, "part of a GPU", FormattableString.Invariant($"{count} x {columns.Accelerator}"));
            else if (columns.Instance.Length == 0)
                apart.AddAccelerator(columns, (int)count, price, spot, rows.Line);
            else
                Add(machines, columns, provider, file.Name, rows.Line, (int)count, price, spot);
        }
        apart.Join();
    }

    private void Add(CatalogMachines machines, SkypilotColumns columns, string provider, string file, int line, int count, double? price,
        double? spot)
    {
        var instance = columns.Instance;
        var entry = facts.Providers.Of(provider);
        var machine = machines.Identify(
            instance, columns.Accelerator, GpuInfo.Size(columns.Info), count,
            (size, devices) => MemoryReading.Gib(entry.MemorySize, size, devices));
        var (onDemand, interruptible) = SkypilotPrice.Read(price, spot);
        if (machine.Device is null)
            skips.Add(file, line, machine.Reason, machine.Subject);
        else if (onDemand is null && interruptible is null)
            skips.Add(file, line, "no price", instance);
        else
            pool.Add(new()
            {
                Provider = provider,
                InstanceType = instance,
                Region = columns.Region is { Length: > 0 } region ? region : "any",
                Gpu = machine.Device.Name,
                GpusPerNode = count,
                OnDemandUsdPerHour = onDemand,
                SpotUsdPerHour = interruptible,
                Link = machine.Link,
                Vcpus = entry.HostNotStated ? null : columns.Host.Vcpus,
                HostMemoryGib = entry.HostNotStated ? null : columns.Host.MemoryGib,
                Source = file,
                SeenFrom = facts.Dates.From,
                SeenUntil = facts.Dates.Until,
            });
    }
}
