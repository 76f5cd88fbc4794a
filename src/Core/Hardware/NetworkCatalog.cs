using System.Globalization;

namespace SlmPlanner.Core.Hardware;

/// <summary>Which links the machines of providers have, from looked-up entries and, inside a node, the device's own link.</summary>
public sealed class NetworkCatalog
{
    private readonly Dictionary<(string Provider, string Instance), NetworkEntry> _entries = [];
    private readonly Dictionary<string, string> _providers = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Joins lists; a later one replaces entries of an earlier one.</summary>
    public NetworkCatalog(IEnumerable<NetworkList> lists)
    {
        foreach (var list in lists)
        {
            foreach (var entry in list.Instances)
                _entries[(entry.Provider, entry.InstanceType)] = entry;
            foreach (var (alias, provider) in list.ProviderAliases)
                _providers[alias] = provider;
        }
    }

    /// <summary>Our name for a provider: lower case, and one name for each company.</summary>
    public string Provider(string name) => _providers.GetValueOrDefault(name) ?? name.ToLowerInvariant();

    /// <summary>The looked-up entry of a machine; null when there is none.</summary>
    public NetworkEntry? Find(string provider, string instanceType) => _entries.GetValueOrDefault((provider, instanceType));

    /// <summary>
    /// The links of a machine. Inside a node: the looked-up rate, else that of <see cref="DeviceLink"/>. Between nodes: the looked-up
    /// rate or null, never a guess.
    /// </summary>
    public NodeLink Link(string provider, string instanceType, Accelerator device)
    {
        var entry = Find(provider, instanceType);
        var words = entry?.IntraNodeLink ?? (device.HasModuleLink() ? "NVLink (by form factor)"
            : $"PCIe {device.PcieGen} (by form factor)");
        return new(entry?.IntraNodeGbS ?? device.MachineGbS(), entry?.InterNodeGbitS, Join(words, entry?.Fabric));
    }

    private static string Join(string inside, string? between) => between is null ? inside : $"{inside}; {between}";
}

/// <summary>How the devices of a machine and the machines themselves are joined.</summary>
/// <param name="IntraNodeGbS">Per device inside the node, GB/s, both directions added (NVLink's way of counting); null if unknown.</param>
/// <param name="InterNodeGbitS">Per node to the network, Gbit/s in one direction; null if unknown, in which case more than one node is
/// not offered.</param>
/// <param name="Fabric">The name of the link or fabric, for people.</param>
public sealed record NodeLink(double? IntraNodeGbS, double? InterNodeGbitS, string Fabric)
{
    /// <summary>True when the network between nodes is assumed, since the offer states none.</summary>
    public bool IsAssumed { get; init; }
}
