using SlmPlanner.Core.Findings;
using SlmPlanner.Core.Planning.Search;
using SlmPlanner.Core.Text;

namespace SlmPlanner.Core.Planning.Answers;

/// <summary>Machines that one has beside those for rent, each at their best.</summary>
public static class OwnFinding
{
    /// <summary>The finding; null unless both were considered.</summary>
    public static Finding? Of(SearchOutcome outcome)
    {
        var own = outcome.Best(outcome.Bests().Where(choice => choice.Offer.Owned));
        var rented = outcome.Best(outcome.Bests().Where(choice => !choice.Offer.Owned));
        return own is null || rented is null ? null : new(Severity.Hint, "own-or-rented",
            $"Your own machines at their best: {Words(own)}. For rent at their best: {Words(rented)}.");
    }

    private static string Words(Choice choice) =>
        $"{Wording.Machines(choice.Result)}, {Readable.Usd(choice.Priced.CostUsd)} in {Readable.Hours(choice.Priced.Hours)}{(choice.Feasible ? "" : ", which misses the limits")}";
}
