using SlmPlanner.Core.Cost;
using SlmPlanner.Core.Findings;
using SlmPlanner.Core.Models;
using SlmPlanner.Core.Planning.Search;
using SlmPlanner.Core.Risk;

namespace SlmPlanner.Core.Planning.Answers;

/// <summary>Why the recommended machines are rented at the price they are: spot against on demand, with the numbers of both.</summary>
public static class SpotFinding
{
    /// <summary>The finding; null unless both prices were considered and the machines are sold at both.</summary>
    public static Finding? Of(Choice chosen, SearchOutcome outcome, PlanningInputs inputs)
    {
        var offer = chosen.Tally.Offer.Offer;
        if (!outcome.Request.Spot || offer is not { OnDemandUsdPerHour: > 0 and var steady, SpotUsdPerHour: > 0 and var spot })
            return null;
        var assumptions = inputs.AdjustedRuns ?? inputs.Risk.Assumptions;
        var evaluation = chosen.Priced.Evaluation;
        var run = new RunDemand
        {
            StepSeconds = evaluation.StepSeconds,
            Steps = evaluation.Steps(outcome.Goal.Tokens),
            Nodes = chosen.Tally.Nodes,
            UsdPerHour = steady * chosen.Tally.Nodes,
            Checkpoint = assumptions.CheckpointOf(ParameterCount.Of(outcome.Goal.Model).Total),
            Compile = evaluation.Setup.Compile,
            Billing = inputs.Risk.BillingOf(offer.Provider),
        };
        var limits = new RunLimits(outcome.Request.BudgetUsd, outcome.Request.DeadlineHours, outcome.Request.Confidence);
        var choice = new SpotRule(new(assumptions)).Choose(run, spot * chosen.Tally.Nodes, evaluation.LogSpread, limits);
        return new(Severity.Hint, "spot-or-on-demand", choice.Reason);
    }
}
