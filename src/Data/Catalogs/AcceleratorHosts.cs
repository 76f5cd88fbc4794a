using SlmPlanner.Core;
using SlmPlanner.Core.Text;
using SlmPlanner.Data.Profiles;

namespace SlmPlanner.Data.Catalogs;

/// <summary>Which machines carry accelerators that a catalog prices apart from them.</summary>
public sealed class AcceleratorHosts
{
    private readonly Dictionary<(string Accelerator, int Count), IReadOnlyList<string>> _hosts = [];
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    /// <summary>Joins lists; a later one replaces entries of an earlier one.</summary>
    public AcceleratorHosts(IEnumerable<HostList> lists)
    {
        foreach (var entry in lists.SelectMany(list => list.Hosts))
        {
            _hosts[(Spelling.Normalise(entry.Accelerator), entry.Count)] = entry.InstanceTypes;
            _names.UnionWith(entry.InstanceTypes);
        }
    }

    /// <summary>True when the machine can carry accelerators.</summary>
    public bool Contains(string instanceType) => _names.Contains(instanceType);

    /// <summary>The machines that carry so many of an accelerator; empty when none is known.</summary>
    public IReadOnlyList<string> Of(ReadOnlySpan<char> accelerator, int count) =>
        _hosts.GetValueOrDefault((Spelling.Normalise(accelerator), count)) ?? [];
}
