using SlmPlanner.Core.Workloads;

namespace SlmPlanner.Core.Fitting;

/// <summary>
/// Keeps publications apart only within stacks that have several: elsewhere stack and publication can't be told apart, and the stack stands
/// for both.
/// </summary>
internal static class SourceGroups
{
    /// <summary>The workloads, without the publication where it is the only one of its stack.</summary>
    public static IReadOnlyList<Workload> Shared(IReadOnlyList<Workload> workloads)
    {
        var sources = workloads.GroupBy(workload => workload.Keys.Stack ?? "")
            .ToDictionary(stack => stack.Key, stack => stack.Select(workload => workload.Keys.Source).Distinct().Count());
        return [.. workloads.Select(workload => sources[workload.Keys.Stack ?? ""] > 1
            ? workload
            : workload with { Keys = workload.Keys with { Source = null } })];
    }
}
