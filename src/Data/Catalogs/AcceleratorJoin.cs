namespace SlmPlanner.Data.Catalogs;

/// <summary>
/// Puts accelerators and machines together that a catalog prices in rows of their own, zone by zone: the price of an
/// offer is the sum. An accelerator without a priced machine in its zone can't be rented and is left out.
/// </summary>
internal sealed class AcceleratorJoin(ImportFacts facts, string provider, string file, OfferPool pool, SkipLog skips)
{
    private readonly Dictionary<(string Instance, string Zone), Host> _hosts = [];
    private readonly List<Accelerator> _accelerators = [];

    /// <summary>Adds the row of a machine.</summary>
    public void AddHost(SkypilotColumns row, double? price, double? spot)
    {
        var (vcpus, memory) = row.Host;
        _hosts[(row.Instance, row.Zone)] = new(price, spot, vcpus, memory);
    }

    /// <summary>Adds the row of an accelerator.</summary>
    public void AddAccelerator(SkypilotColumns row, int count, double? price, double? spot, int line) =>
        _accelerators.Add(new(row.Accelerator, count, row.Region, row.Zone, price, spot, line));

    /// <summary>Makes the offers.</summary>
    public void Join()
    {
        foreach (var accelerator in _accelerators)
            if (!Join(accelerator))
                skips.Add(file, accelerator.Line, "no priced machine in the zone carries it",
                    $"{accelerator.Count} x {accelerator.Name} in {accelerator.Zone}");
    }

    private bool Join(Accelerator part)
    {
        if (!facts.Devices.TryFind(part.Name, null, out var device))
        {
            skips.Add(file, part.Line, "unknown GPU", part.Name);
            return true;
        }
        var found = false;
        foreach (var instance in facts.Hosts.Of(part.Name, part.Count))
        {
            if (!_hosts.TryGetValue((instance, part.Zone), out var host))
                continue;
            found = true;
            var (onDemand, spot) = SkypilotPrice.Read(part.Price + host.Price, part.Spot + host.Spot);
            if (onDemand is null && spot is null)
                continue;
            pool.Add(new()
            {
                Provider = provider,
                InstanceType = instance,
                Region = part.Region,
                Gpu = device.Name,
                GpusPerNode = part.Count,
                OnDemandUsdPerHour = onDemand,
                SpotUsdPerHour = spot,
                Link = facts.Networks.Link(provider, instance, device),
                Vcpus = host.Vcpus,
                HostMemoryGib = host.MemoryGib,
                Source = file,
                SeenFrom = facts.Dates.From,
                SeenUntil = facts.Dates.Until,
            });
        }
        return found;
    }

    private sealed record Host(double? Price, double? Spot, double? Vcpus, double? MemoryGib);

    private sealed record Accelerator(string Name, int Count, string Region, string Zone, double? Price, double? Spot, int Line);
}
