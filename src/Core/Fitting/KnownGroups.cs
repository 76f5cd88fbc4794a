using SlmPlanner.Core.Time;

namespace SlmPlanner.Core.Fitting;

/// <summary>
/// The stacks, publications and devices that fitted rows of whole models are of: what is known of one from shared models alone says little
/// of it.
/// </summary>
/// <param name="rows">The groups of each row.</param>
internal sealed class KnownGroups(IReadOnlyList<GroupKeys> rows)
{
    /// <summary>Stacks among the rows.</summary>
    public IReadOnlySet<string> Stacks { get; } = Among(rows, keys => keys.Stack);

    /// <summary>Publications among the rows.</summary>
    public IReadOnlySet<string> Sources { get; } = Among(rows, keys => keys.Source);

    /// <summary>Devices among the rows.</summary>
    public IReadOnlySet<string> Devices { get; } = Among(rows, keys => keys.Device);

    private static HashSet<string> Among(IReadOnlyList<GroupKeys> rows, Func<GroupKeys, string?> group) =>
        rows.Where(keys => keys.Split is null).Select(group).OfType<string>().ToHashSet(StringComparer.Ordinal);
}
