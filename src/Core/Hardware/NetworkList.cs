namespace SlmPlanner.Core.Hardware;

/// <summary>The contract of <c>networks.json</c>: which links the machines of providers have.</summary>
public sealed record NetworkList
{
    /// <summary>Version of this format.</summary>
    public required int SchemaVersion { get; init; }

    /// <summary>
    /// Slot rates of files written before a slot's rate followed from its generation (<see cref="Hardware.DeviceLink"/>); not used.
    /// </summary>
    public IReadOnlyDictionary<string, double>? PcieX16GbS { get; init; }

    /// <summary>Where those slot rates came from; not used.</summary>
    public string? PcieSource { get; init; }

    /// <summary>Provider names of other catalogs, by our name for the provider.</summary>
    public required IReadOnlyDictionary<string, string> ProviderAliases { get; init; }

    /// <summary>Machines whose links were looked up.</summary>
    public required IReadOnlyList<NetworkEntry> Instances { get; init; }
}

/// <summary>The links of one machine type.</summary>
public sealed record NetworkEntry
{
    /// <summary>Provider, lower case.</summary>
    public required string Provider { get; init; }

    /// <summary>The provider's name of the machine.</summary>
    public required string InstanceType { get; init; }

    /// <summary>Canonical device name: what the machine really holds, where catalogs are vague.</summary>
    public required string Gpu { get; init; }

    /// <summary>Devices in the machine.</summary>
    public required int GpusPerNode { get; init; }

    /// <summary>The link inside, in words.</summary>
    public required string IntraNodeLink { get; init; }

    /// <summary>GB/s per device inside, both directions added; null takes the slot rate of the device.</summary>
    public double? IntraNodeGbS { get; init; }

    /// <summary>Gbit/s per machine to the network, one direction; null when no source was found.</summary>
    public double? InterNodeGbitS { get; init; }

    /// <summary>The network, in words.</summary>
    public string? Fabric { get; init; }

    /// <summary>Where this comes from.</summary>
    public string? Source { get; init; }

    /// <summary>What a reader must know.</summary>
    public string? Note { get; init; }
}
