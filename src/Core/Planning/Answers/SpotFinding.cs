using SlmPlanner.Core.Economics.Risk;
using SlmPlanner.Core.Findings;
using SlmPlanner.Core.Planning.Requests;
using SlmPlanner.Core.Planning.Search;

namespace SlmPlanner.Core.Planning.Answers;

/// <summary>Why the recommended machines are rented at the price they are: spot against on demand, with the numbers of both.</summary>
public static class SpotFinding
{
    /// <summary>The finding; null unless both prices were considered and the machines are sold at both.</summary>
    public static Finding? Of(Choice chosen, SearchOutcome outcome)
    {
        var offer = chosen.Offer;
        if (!outcome.Request.Spot || offer is not { OnDemandUsdPerHour: > 0 and var steady, SpotUsdPerHour: > 0 and var spot })
            return null;
        var (evaluation, nodes) = (chosen.Priced.Evaluation, chosen.Result.Nodes);
        var run = outcome.Goal.PricingOn(new(offer, Spot: false, steady), nodes).Run(evaluation, outcome.Goal.Tokens);
        var limits = new RunLimits(outcome.Request.BudgetUsd, outcome.Request.DeadlineHours, outcome.Request.Confidence);
        var choice = new SpotRule(new(outcome.Goal.Runs))
            .Choose(run, spot * nodes, evaluation.LogSpread, limits, soonest: outcome.Request.Objective == Objective.Time);
        return new(Severity.Hint, "spot-or-on-demand", choice.Reason);
    }
}
