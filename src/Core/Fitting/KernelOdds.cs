using SlmPlanner.Core.Time;
using SlmPlanner.Core.Training;

namespace SlmPlanner.Core.Fitting;

/// <summary>
/// How likely each kernel style is for software that is not known: how often stacks of the fitted rows have it, each stack counting
/// once, given what a configuration does show of itself: its style of block, its sharding scheme, its recipe, and whether a compiler was
/// left out (naive Bayes, half a stack added to each count).
/// </summary>
internal sealed class KernelOdds
{
    private const double Added = 0.5;

    private readonly (string Style, int Stacks, Dictionary<(GroupLevel, string), int> With)[] _styles;

    private readonly HashSet<string> _unstyled;

    public KernelOdds(IReadOnlyList<GroupKeys> rows)
    {
        rows = [.. rows.Where(keys => keys.Split is null)];
        _unstyled = [.. rows.Where(keys => keys.Kernels is null).Select(keys => keys.Stack).OfType<string>()];
        var stacks = rows.Where(keys => keys is { Kernels: not null, Stack: not null, Machine: null })
            .GroupBy(keys => (Style: keys.Kernels!, Stack: keys.Stack!)).ToList();
        _styles = [.. stacks.GroupBy(stack => stack.Key.Style).OrderBy(style => style.Key, StringComparer.Ordinal).Select(style => (
            style.Key, style.Count(), style.SelectMany(stack => stack.SelectMany(Shown).Distinct()).CountBy(shown => shown)
            .ToDictionary()))];
    }

    /// <summary>
    /// True where a configuration's style is open and the rows tell which there are. A stack whose own rows were fitted without a style is
    /// predicted as they were fitted.
    /// </summary>
    public bool Open(GroupKeys keys) =>
        keys is { Kernels: null, Machine: null } && _styles.Length > 0 && !_unstyled.Contains(keys.Stack ?? "");

    /// <summary>The configuration in each style with its probability.</summary>
    public IReadOnlyList<(double Probability, GroupKeys Keys)> Of(GroupKeys keys)
    {
        var all = _styles.Where(style => !(keys.Uncompiled && KernelStyles.Compiles(style.Style)))
            .Select(style => (
                Weight: style.Stacks * Shown(keys).Aggregate(1.0, (odds, shown) =>
                    odds * (style.With.GetValueOrDefault(shown) + Added) / (style.Stacks + 2 * Added)),
                style.Style)).ToList();
        var sum = all.Sum(style => style.Weight);
        return [.. all.Select(style => (style.Weight / sum, keys with { Kernels = style.Style }))];
    }

    private static IEnumerable<(GroupLevel, string)> Shown(GroupKeys keys) =>
        from shown in ((GroupLevel Level, string? Key)[])
        [
            (GroupLevel.Parallelism, keys.Parallelism), (GroupLevel.Recipe, keys.Recipe), (GroupLevel.BlockStyle, keys.Block),
        ]
        where shown.Key is not null
        select (shown.Level, shown.Key);
}
