using System.Globalization;

namespace SlmPlanner.Core.Hardware;

/// <summary>Which links the machines of providers have, from looked-up entries and, inside a node, the device's own link.</summary>
public sealed class NetworkCatalog
{
    private readonly Dictionary<(string Provider, string Instance), NetworkEntry> _entries = [];
    private readonly Dictionary<int, double> _pcieX16GbS = [];
    private readonly Dictionary<string, string> _providers = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Joins lists; a later one replaces entries of an earlier one.</summary>
    public NetworkCatalog(IEnumerable<NetworkList> lists)
    {
        foreach (var list in lists)
        {
            foreach (var entry in list.Instances)
                _entries[(entry.Provider, entry.InstanceType)] = entry;
            foreach (var (generation, rate) in list.PcieX16GbS)
                _pcieX16GbS[int.Parse(generation, CultureInfo.InvariantCulture)] = rate;
            foreach (var (alias, provider) in list.ProviderAliases)
                _providers[alias] = provider;
        }
    }

    /// <summary>Our name for a provider: lower case, and one name for each company.</summary>
    public string Provider(string name) => _providers.GetValueOrDefault(name) ?? name.ToLowerInvariant();

    /// <summary>The looked-up entry of a machine; null when there is none.</summary>
    public NetworkEntry? Find(string provider, string instanceType) => _entries.GetValueOrDefault((provider, instanceType));

    /// <summary>
    /// The links of a machine. Inside a node: the looked-up rate, else NVLink of a module (SXM, OAM), else the card's slot;
    /// a bridge between two cards is not assumed. Between nodes: the looked-up rate or null, never a guess.
    /// </summary>
    public NodeLink Link(string provider, string instanceType, Accelerator device)
    {
        var entry = Find(provider, instanceType);
        var slot = device.PcieGen is { } generation && _pcieX16GbS.TryGetValue(generation, out var rate) ? rate : (double?)null;
        var module = HasModuleLink(device);
        var own = module ? device.NvlinkGbS : slot;
        var words = entry?.IntraNodeLink ?? (module ? "NVLink (by form factor)" : $"PCIe {device.PcieGen} (by form factor)");
        return new(entry?.IntraNodeGbS ?? own, entry?.InterNodeGbitS, Join(words, entry?.Fabric));
    }

    private static bool HasModuleLink(Accelerator device) =>
        device.NvlinkGbS is not null && device.FormFactor is { } form
        && !form.StartsWith("PCIe", StringComparison.OrdinalIgnoreCase);

    private static string Join(string inside, string? between) => between is null ? inside : $"{inside}; {between}";
}
