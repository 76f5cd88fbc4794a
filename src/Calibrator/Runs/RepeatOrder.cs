using SlmPlanner.Calibrator.Repeats;
using SlmPlanner.Data.Measurements.Bursts;

namespace SlmPlanner.Calibrator.Runs;

/// <summary>
/// When a configuration is measured again. New ones come in rounds; at the end of each round its configurations are measured once more, so
/// that each has two moments some minutes apart. One whose measurements were all disturbed is tried again later, while such repeats take no
/// more than their share of the time.
/// </summary>
internal static class RepeatOrder
{
    /// <summary>New configurations of a round.</summary>
    private const int RoundSize = 6;

    /// <summary>Runs shorter than this meet new configurations only: there are too few to repeat all of them.</summary>
    private const double LeastRoundSeconds = 180;

    /// <summary>Measurements of a configuration at most, and other measurements between two of them at least.</summary>
    private const int MostMeasurements = 4, LeastBetween = 4;

    /// <summary>Measurements that try disturbed ones again, over all.</summary>
    private const double MostAgainShare = 0.3;

    /// <summary>The configuration to measure again now; null when a new one is due.</summary>
    /// <param name="state">What is measured so far.</param>
    /// <param name="budgetSeconds">The run's budget.</param>
    public static BurstSpec? Due(RunState state, double budgetSeconds) => Round(state, budgetSeconds) ?? Again(state);

    private static BurstSpec? Round(RunState state, double budgetSeconds)
    {
        if (budgetSeconds < LeastRoundSeconds)
            return null;
        var alone = state.ByConfiguration.Where(IsOneRank).ToArray();
        return alone.Length % RoundSize == 0 ? alone.FirstOrDefault(group => group.Count == 1)?[0].Spec : null;
    }

    private static BurstSpec? Again(RunState state)
    {
        var again = state.ByConfiguration.Sum(group => Math.Max(0, group.Count - 2));
        if (again >= MostAgainShare * state.Measurements.Count)
            return null;
        var recent = state.Measurements.TakeLast(LeastBetween).Select(burst => burst.Spec).ToHashSet();
        return state.ByConfiguration
            .Where(group => IsOneRank(group) && group.Count < MostMeasurements && !recent.Contains(group[0].Spec))
            .Select(group => (group[0].Spec, Least: group.Select(burst => Disturbance.Of(burst, state.Cores)).MinBy(each => each.Share)!))
            .Where(each => each.Least.IsDisturbed)
            .OrderByDescending(each => each.Least.Share)
            .FirstOrDefault().Spec;
    }

    /// <summary>Races of ranks take turns step by step already; what broke is not tried again.</summary>
    private static bool IsOneRank(IReadOnlyList<BurstResult> group) =>
        group[0].Spec.Parallelism == BurstParallelism.OneRank && group.All(burst => burst.StepTimeS is not null);
}
