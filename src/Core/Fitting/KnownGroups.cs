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
    public IReadOnlySet<string> Stacks { get; } = Among(rows, isShared: false, keys => keys.Stack);

    /// <summary>Publications among the rows.</summary>
    public IReadOnlySet<string> Sources { get; } = Among(rows, isShared: false, keys => keys.Source);

    /// <summary>Publications with rows that share the model among ranks.</summary>
    public IReadOnlySet<string> SharedSources { get; } = Among(rows, isShared: true, keys => keys.Source);

    /// <summary>Devices among the rows.</summary>
    public IReadOnlySet<string> Devices { get; } = Among(rows, isShared: false, keys => keys.Device);

    private static HashSet<string> Among(IReadOnlyList<GroupKeys> rows, bool isShared, Func<GroupKeys, string?> group) =>
        rows.Where(keys => keys.Split is not null == isShared).Select(group).OfType<string>().ToHashSet(StringComparer.Ordinal);
}
