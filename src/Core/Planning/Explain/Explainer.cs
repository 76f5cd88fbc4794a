using SlmPlanner.Core.Planning.Answers;
using SlmPlanner.Core.Planning.Search;

namespace SlmPlanner.Core.Planning.Explain;

/// <summary>Explains candidates of a search.</summary>
/// <param name="outcome">The search.</param>
/// <param name="inputs">The models that predictions are repeated with.</param>
public sealed class Explainer(SearchOutcome outcome, PlanningInputs inputs)
{
    private readonly CandidateDescription _description = new(outcome.Goal, outcome.Request, inputs);

    /// <summary>Explains the recommendation; the best limits aside when there is none.</summary>
    public Explanation Winner()
    {
        var chosen = Best(_ => true);
        return chosen is null
            ? new("recommendation", null, null, [new PlanReasons(outcome).ForNone(RejectionSummary.Of(outcome), [])[0]])
            : Explain("recommendation", chosen, against: null);
    }

    /// <summary>Explains what keeps the best candidate of a kind from winning.</summary>
    public Explanation WhyNot(CandidatePattern pattern)
    {
        var chosen = Best(pattern.Matches);
        if (chosen is null)
            return new(pattern.Text, null, null, [Absence.Sentence(outcome, inputs, pattern)]);
        var winner = Best(_ => true)!;
        return Explain(pattern.Text, chosen, winner.Priced == chosen.Priced && winner.Tally == chosen.Tally ? null : winner);
    }

    /// <summary>The best candidate that a test accepts: one that keeps the limits if there is one.</summary>
    public Choice? Best(Func<Choice, bool> accepts)
    {
        var best = outcome.BestPer(choice => accepts(choice) ? "" : "other").FirstOrDefault(accepts);
        return best;
    }

    private Explanation Explain(string asked, Choice chosen, Choice? against)
    {
        var candidate = _description.Describe(chosen);
        var winner = against is null ? null : _description.Describe(against);
        var sentences = new Contrast(outcome).Sentences(candidate, chosen, winner, against);
        return new(asked, candidate, winner, sentences);
    }
}
