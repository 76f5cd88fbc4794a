using SlmPlanner.Core.Time;

namespace SlmPlanner.Core.Fitting;

/// <summary>
/// The user's own set-ups: the groups that learned runs belong to, as publications are of published rows. What is predicted for the user
/// belongs to them, what is predicted of somebody else's publication does not.
/// </summary>
internal sealed class OwnGroups
{
    /// <summary>Stands for the set-up of runs that name no source, and for the software of runs that name no stack.</summary>
    public const string Unnamed = "own runs";

    private readonly GroupKeys[] _rows;

    /// <summary>Takes the groups of the learned runs.</summary>
    public OwnGroups(IEnumerable<GroupKeys> rows) => _rows = [.. rows];

    /// <summary>Nothing learned.</summary>
    public static OwnGroups None { get; } = new([]);

    /// <summary>The groups of the learned runs.</summary>
    public IReadOnlyList<GroupKeys> Rows => _rows;

    /// <summary>The groups of a learned run: without a name its software is still its own.</summary>
    public static GroupKeys OfRow(GroupKeys keys) => keys with { Source = keys.Source ?? Unnamed, Stack = keys.Stack ?? Unnamed };

    /// <summary>The groups of something that the user would run: in the set-up of most runs in its stack, where there are any.</summary>
    public GroupKeys Of(GroupKeys keys)
    {
        if (_rows.Length == 0 || keys.Source is not null)
            return keys;
        var stack = keys.Stack ?? (Array.Exists(_rows, row => row.Stack == Unnamed) ? Unnamed : null);
        return keys with { Stack = stack, Source = Most(_rows.Where(row => row.Stack == stack)) };
    }

    private static string? Most(IEnumerable<GroupKeys> rows) => rows.CountBy(row => row.Source!)
        .OrderByDescending(source => source.Value).ThenBy(source => source.Key, StringComparer.Ordinal).Select(source => source.Key).FirstOrDefault();
}
