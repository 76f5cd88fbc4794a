using SlmPlanner.Core.Economics.Renting;
using SlmPlanner.Core.Findings;
using SlmPlanner.Core.Planning.Results;
using SlmPlanner.Core.Planning.Search;

namespace SlmPlanner.Core.Planning.Answers;

/// <summary>What can't be had, and what is assumed of the machines that can.</summary>
internal static class AccessFindings
{
    /// <summary>
    /// Machines that would be the better answer if they could be had: the best for each way to get them, in the order of ways. Empty when
    /// none would, or all can.
    /// </summary>
    public static IEnumerable<OutOfReach> OutOfReach(SearchOutcome outcome) =>
        from way in outcome.OutOfReach().GroupBy(choice => choice.Result.Access!.Way).OrderBy(way => way.Key)
        let best = way.Aggregate((best, choice) => outcome.Order.IsBetter(choice.Priced, best.Priced) ? choice : best)
        where outcome.Recommendation is not { } chosen || outcome.Order.IsBetter(best.Priced, chosen.Priced)
        select new OutOfReach(Machines.Of(best.Result), best.Priced.CostUsd, best.Priced.Hours, best.Result.Access!);

    /// <summary>The network of the recommended machines is assumed.</summary>
    public static NetworkAssumed? NetworkAssumed(Candidate recommendation) =>
        recommendation.AssumedNetworkGbitS is { } gbitS ? new(recommendation.Provider, recommendation.InstanceType, gbitS) : null;
}

/// <summary>Machines that would be the better answer, but can't be had in that number or in a way that the user accepts.</summary>
/// <param name="Machines">The machines.</param>
/// <param name="CostUsd">Expected cost of the run on them.</param>
/// <param name="Hours">Expected duration.</param>
/// <param name="Access">What it would take.</param>
public sealed record OutOfReach(Machines Machines, double CostUsd, double Hours, Access Access) : Finding(Severity.Hint, "out-of-reach");

/// <summary>The network between the recommended machines is not known; the plan assumes one.</summary>
/// <param name="Provider">The provider.</param>
/// <param name="InstanceType">The machine type.</param>
/// <param name="GbitS">What is assumed, Gbit/s per machine.</param>
public sealed record NetworkAssumed(string Provider, string InstanceType, double GbitS) : Finding(Severity.Warning, "network-assumed");
