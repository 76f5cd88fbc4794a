using SlmPlanner.Core.Planning.Results;
using SlmPlanner.Core.Planning.Search;

namespace SlmPlanner.Core.Planning.Answers;

/// <summary>
/// Counts rejected candidates by reason. Every candidate is counted once; an offer left out whole counts as one.
/// Candidates evaluated are those feasible and those of all reasons together.
/// </summary>
internal static class RejectionSummary
{
    private const int GpusNamed = 3;

    /// <summary>The summary of a search.</summary>
    public static Rejections Of(SearchOutcome outcome)
    {
        var results = outcome.Offers().Select(pair => pair.Result).ToList();
        var feasible = results.Sum(result => result.Feasible);
        IEnumerable<RejectionReason> all =
        [
            OutOfMemory(outcome),
            OutOfHostMemory(outcome),
            Missed(Reason.OverBudget, results, result => result.OverBudget),
            Missed(Reason.PastDeadline, results, result => result.PastDeadline),
            Missed(Reason.OverBudgetAndPastDeadline, results, result => result.OverBoth),
            new(Reason.NeverFinishes, outcome.Clusters.Sum(cluster => cluster.NeverFinishes), null, null),
            new(Reason.NotRentable, outcome.Results().Where(pair => !pair.Result.Rentable).Sum(pair => pair.Result.Setups), null, null),
            .. LeftOut(outcome),
            .. outcome.Space.Excluded.Select(Excluded),
        ];
        var reasons = all.Where(reason => reason.Count > 0)
            .OrderByDescending(reason => reason.Count)
            .ThenBy(reason => reason.Reason, StringComparer.Ordinal)
            .ToList();
        return new(feasible + reasons.Sum(reason => reason.Count), feasible, reasons);
    }

    private static RejectionReason OutOfMemory(SearchOutcome outcome)
    {
        var count = outcome.Clusters.Sum(cluster => cluster.OutOfMemory.Count * cluster.OfferCount);
        var nearest = outcome.Clusters.Where(cluster => cluster.OutOfMemory.Count > 0).MinBy(cluster => cluster.OutOfMemory.LeastExcess);
        if (nearest is null)
            return new(Reason.OutOfMemory, count, null, null);
        var (missed, usable) = (nearest.OutOfMemory, nearest.Platform.UsableBytes);
        return new(
            Reason.OutOfMemory,
            count,
            new MemoryMiss(nearest.Gpus, nearest.Platform.Device.Name, missed.Nearest, usable * (1 + missed.LeastExcess), usable),
            missed.LeastExcess);
    }

    private static RejectionReason OutOfHostMemory(SearchOutcome outcome)
    {
        var count = outcome.Clusters.Sum(cluster => cluster.OutOfHostMemory.Count * cluster.OfferCount);
        var nearest = outcome.Clusters.Where(cluster => cluster.OutOfHostMemory.Count > 0)
            .MinBy(cluster => cluster.OutOfHostMemory.LeastExcess);
        return nearest is null ? new(Reason.OutOfHostMemory, count, null, null)
            : new(Reason.OutOfHostMemory, count, HostMiss.Of(nearest), nearest.OutOfHostMemory.LeastExcess);
    }

    private static RejectionReason Missed(string reason, List<OfferResult> results, Func<OfferResult, NearMiss> miss)
    {
        var count = results.Sum(result => miss(result).Count);
        if (count == 0)
            return new(reason, 0, null, null);
        var nearest = results.Where(result => miss(result).Count > 0).MinBy(result => miss(result).By)!;
        var (by, priced) = (miss(nearest).By, miss(nearest).Nearest);
        return new(
            reason,
            count,
            new LimitMiss(Machines.Of(nearest), priced.Evaluation.Setup, priced.LimitCostUsd, priced.LimitHours),
            by);
    }

    private static IEnumerable<RejectionReason> LeftOut(SearchOutcome outcome) =>
        outcome.Clusters.Where(cluster => cluster.LeftOutFor is not null)
            .GroupBy(cluster => cluster.LeftOutFor!)
            .Select(group => new RejectionReason(group.Key, group.Sum(cluster => cluster.Setups * cluster.OfferCount), null, null));

    private static RejectionReason Excluded(Exclusion exclusion) => new(
        exclusion.Reason,
        exclusion.Offers.Count,
        new DevicesLeftOut([.. exclusion.Offers.Select(offer => offer.Gpu).Distinct().Order(StringComparer.Ordinal).Take(GpusNamed)]),
        null);
}
