using SlmPlanner.Core.Measurements;
using SlmPlanner.Core.Training;
using SlmPlanner.Core.Workloads;

namespace SlmPlanner.Core.Accuracy;

/// <summary>The groups of each scheme, and what a left-out row may still tell.</summary>
internal static class LeaveOutGroups
{
    /// <summary>
    /// Fewest and most rows of a stack that is called a handful: halves of two, and what a study of a few models publishes.
    /// </summary>
    private const int FewestOfHandful = 4, MostOfHandful = 12;

    /// <summary>A first few runs of one's own.</summary>
    private const int FirstRows = 3;

    /// <summary>The group of a row under a scheme.</summary>
    public static string Of(LeaveOut scheme, Workload workload) => scheme switch
    {
        LeaveOut.Model => workload.ModelKey,
        LeaveOut.Width => FormattableString.Invariant($"{workload.Keys.Stack}: d={workload.Observation.Model.DModel}"),
        LeaveOut.GpuCount => FormattableString.Invariant($"{workload.Keys.Stack}: n={workload.Observation.Machine.Gpus}"),
        LeaveOut.Source or LeaveOut.SourceButOne or LeaveOut.SplitSource => workload.Publication ?? "unknown",
        LeaveOut.Stack or LeaveOut.StackUnnamed or LeaveOut.StackButOne or LeaveOut.Handful => workload.Keys.Stack ?? "unknown",
        LeaveOut.Device => workload.Device,
        LeaveOut.FirstLearned or LeaveOut.FirstThreeLearned => $"{workload.Publication ?? "unknown"}: {workload.Keys.Stack ?? "unknown"}",
        _ => throw new ArgumentOutOfRangeException(nameof(scheme)),
    };

    /// <summary>True of rows that share the model where the scheme is about them, and of the others elsewhere.</summary>
    public static bool IsOf(LeaveOut scheme, Workload workload) => workload.Keys.Split is not null == (scheme == LeaveOut.SplitSource);

    /// <summary>
    /// Groups in order of name, each with the positions of its rows; those that leave nothing of their stack are passed over where the
    /// scheme is about one stack.
    /// </summary>
    public static IReadOnlyList<(string Name, int[] Rows)> Split(LeaveOut scheme, IReadOnlyList<Workload> workloads)
    {
        var rows = workloads.Select((workload, index) => (Workload: workload, Index: index))
            .Where(row => IsOf(scheme, row.Workload)).OrderBy(row => !row.Workload.Observation.IsJudged).ToList();
        if (scheme == LeaveOut.Handful)
            return Halves(rows);
        var stackRows = rows.CountBy(row => row.Workload.Keys.Stack ?? "unknown").ToDictionary();
        var withinStack = scheme is LeaveOut.Model or LeaveOut.Width or LeaveOut.GpuCount;
        return [.. rows.Select(row => (Group: Of(scheme, row.Workload), row.Index))
            .GroupBy(entry => entry.Group, entry => entry.Index)
            .Where(group => !withinStack || group.Count() < stackRows[workloads[group.First()].Keys.Stack ?? "unknown"])
            .Select(group => (Name: group.Key, Rows: LeftOut(scheme, group, workloads)))
            .Where(group => group.Rows.Length > 0)
            .OrderBy(group => group.Name, StringComparer.Ordinal)];
    }

    /// <summary>
    /// The rows of a group to leave out: all, all but the cheapest to measure, which is the first of fewest devices and parameters, or all
    /// but the first of the file.
    /// </summary>
    private static int[] LeftOut(LeaveOut scheme, IEnumerable<int> group, IReadOnlyList<Workload> workloads) => scheme switch
    {
        LeaveOut.SourceButOne or LeaveOut.StackButOne =>
        [
            .. group.OrderBy(row => !workloads[row].Observation.IsJudged).ThenBy(row => workloads[row].Observation.Machine.Gpus)
                .ThenBy(row => workloads[row].Costs.Parameters).Skip(1).Order(),
        ],
        LeaveOut.FirstLearned => [.. group.Skip(1)],
        LeaveOut.FirstThreeLearned => [.. group.Skip(FirstRows)],
        _ => [.. group],
    };

    /// <summary>Two halves of each stack with a handful of rows, every second row in the order of their files.</summary>
    private static IReadOnlyList<(string Name, int[] Rows)> Halves(IReadOnlyList<(Workload Workload, int Index)> rows) =>
        [.. rows.Select(row => (Stack: Of(LeaveOut.Handful, row.Workload), row.Index))
            .GroupBy(entry => entry.Stack, entry => entry.Index)
            .Where(stack => stack.Count() is >= FewestOfHandful and <= MostOfHandful)
            .OrderBy(stack => stack.Key, StringComparer.Ordinal)
            .SelectMany(stack => stack.Select((row, place) => (Row: row, Half: place % 2)).GroupBy(entry => entry.Half, entry => entry.Row)
                .Select(half => ($"{stack.Key}: half {half.Key + 1}", half.ToArray())))];

    /// <summary>The row as the prediction may see it.</summary>
    public static Workload Seen(LeaveOut scheme, Workload workload) => scheme == LeaveOut.StackUnnamed
        ? workload with
        {
            Keys = workload.Keys with
            {
                Stack = null,
                Family = null,
                Uncompiled = workload.Observation.Stack.Compile is false,
                Kernels = SoftwareStack.Unknown.KernelsOf(workload.Observation.Stack.Compile),
            },
        }
        : workload;
}
