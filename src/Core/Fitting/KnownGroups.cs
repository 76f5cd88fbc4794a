using SlmPlanner.Core.Time;

namespace SlmPlanner.Core.Fitting;

/// <summary>The stacks, publications and devices that fitted rows are of.</summary>
/// <param name="rows">The groups of each row.</param>
internal sealed class KnownGroups(IReadOnlyList<GroupKeys> rows)
{
    private static IEnumerable<GroupKeys> Whole(IReadOnlyList<GroupKeys> rows) => rows.Where(keys => keys.Split is null);

    /// <summary>Stacks among the rows.</summary>
    public IReadOnlySet<string> Stacks { get; } = Whole(rows).Select(keys => keys.Stack).OfType<string>().ToHashSet(StringComparer.Ordinal);

    /// <summary>Publications among the rows.</summary>
    public IReadOnlySet<string> Sources { get; } = Whole(rows).Select(keys => keys.Source).OfType<string>().ToHashSet(StringComparer.Ordinal);

    /// <summary>Devices among the rows.</summary>
    public IReadOnlySet<string> Devices { get; } = Whole(rows).Select(keys => keys.Device).OfType<string>().ToHashSet(StringComparer.Ordinal);
}
