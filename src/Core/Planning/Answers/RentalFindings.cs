using SlmPlanner.Core.Economics.Cost;
using SlmPlanner.Core.Economics.Risk;
using SlmPlanner.Core.Findings;
using SlmPlanner.Core.Planning.Requests;
using SlmPlanner.Core.Planning.Results;
using SlmPlanner.Core.Planning.Search;

namespace SlmPlanner.Core.Planning.Answers;

/// <summary>How the machines are had: owned or rented, spot or on demand, with the numbers of both.</summary>
internal static class RentalFindings
{
    /// <summary>Own machines beside those for rent, each at their best; null unless both were considered.</summary>
    public static OwnOrRented? OwnOrRented(SearchOutcome outcome)
    {
        var own = outcome.Best(outcome.Bests().Where(choice => choice.Offer.Owned));
        var rented = outcome.Best(outcome.Bests().Where(choice => !choice.Offer.Owned));
        return own is null || rented is null ? null : new(Run(own), Run(rented));
    }

    /// <summary>Spot beside on demand; null unless both prices were considered and the recommended machines are sold at both.</summary>
    public static SpotOrOnDemand? SpotOrOnDemand(Choice chosen, SearchOutcome outcome)
    {
        var offer = chosen.Offer;
        if (!outcome.Request.Spot || offer is not { OnDemandUsdPerHour: > 0 and var steady, SpotUsdPerHour: > 0 and var spot })
            return null;
        var (evaluation, nodes) = (chosen.Priced.Evaluation, chosen.Result.Nodes);
        var run = outcome.Goal.PricingOn(new(offer, Spot: false, steady), nodes).Run(evaluation, outcome.Goal.Tokens);
        var limits = new RunLimits(outcome.Request.BudgetUsd, outcome.Request.DeadlineHours, outcome.Request.Confidence);
        var choice = new SpotRule(new(outcome.Goal.Runs))
            .Choose(run, spot * nodes, evaluation.LogSpread, limits, soonest: outcome.Request.Objective == Objective.Time);
        return new(choice, outcome.Request.Confidence);
    }

    private static RunOnMachines Run(Choice choice) =>
        new(Machines.Of(choice.Result), choice.Priced.CostUsd, choice.Priced.Hours, choice.Feasible);
}

/// <summary>Own machines and those for rent, each at their best.</summary>
/// <param name="Own">The run on own machines.</param>
/// <param name="Rented">The run on rented ones.</param>
public sealed record OwnOrRented(RunOnMachines Own, RunOnMachines Rented) : Finding(Severity.Hint, "own-or-rented");

/// <summary>A run on some machines.</summary>
/// <param name="Machines">The machines.</param>
/// <param name="CostUsd">Expected cost.</param>
/// <param name="Hours">Expected duration.</param>
/// <param name="Feasible">True when it keeps the limits.</param>
public sealed record RunOnMachines(Machines Machines, double CostUsd, double Hours, bool Feasible);

/// <summary>Why the recommended machines are rented at the price they are.</summary>
/// <param name="Choice">The choice with the numbers of both ways.</param>
/// <param name="Confidence">Probability with which limits are kept.</param>
public sealed record SpotOrOnDemand(SpotChoice Choice, double Confidence) : Finding(Severity.Hint, "spot-or-on-demand");
