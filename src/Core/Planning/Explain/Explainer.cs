using SlmPlanner.Core.Planning.Answers;
using SlmPlanner.Core.Planning.Requests;
using SlmPlanner.Core.Planning.Results;
using SlmPlanner.Core.Planning.Search;

namespace SlmPlanner.Core.Planning.Explain;

/// <summary>Explains candidates of a search.</summary>
/// <param name="outcome">The search.</param>
/// <param name="inputs">The models that predictions are repeated with.</param>
public sealed class Explainer(SearchOutcome outcome, PlanningInputs inputs)
{
    private const string Winning = "the winner";
    private readonly CandidateDescription _description = new(outcome.Goal, outcome.Request, inputs);

    /// <summary>Explains the recommendation; the best limits aside when there is none.</summary>
    public Explanation Winner()
    {
        var chosen = Best(_ => true);
        return chosen is null
            ? new("recommendation", null, null, [new PlanReasons(outcome).ForNone(RejectionSummary.Of(outcome), [])[0]])
            : Explain("recommendation", chosen, against: null, Winning);
    }

    /// <summary>Explains what keeps the best candidate of a kind from winning.</summary>
    public Explanation WhyNot(CandidatePattern pattern)
    {
        var chosen = Best(pattern.Matches);
        if (chosen is null)
            return new(pattern.Text, null, null, [Absence.Sentence(outcome, inputs, pattern)]);
        var winner = Best(_ => true)!;
        return Explain(pattern.Text, chosen, winner.Priced == chosen.Priced && winner.Result == chosen.Result ? null : winner, Winning);
    }

    /// <summary>Sets the best candidates of two kinds side by side.</summary>
    /// <exception cref="InputException">The search has no candidate of one of them; says why.</exception>
    public Explanation Compare(CandidatePattern left, CandidatePattern right)
    {
        var (first, second) = (Present(left), Present(right));
        return Explain($"{left.Text} against {right.Text}", first, second, right.Text);
    }

    private Choice Present(CandidatePattern pattern) =>
        Best(pattern.Matches) ?? throw new InputException(Absence.Sentence(outcome, inputs, pattern));

    /// <summary>The best candidate that a test accepts: one that keeps the limits if there is one.</summary>
    private Choice? Best(Func<Choice, bool> accepts) => outcome.Best(outcome.Bests().Where(accepts));

    private Explanation Explain(string asked, Choice chosen, Choice? against, string rival)
    {
        var candidate = _description.Describe(chosen);
        var winner = against is null ? null : _description.Describe(against);
        var sentences = new Contrast(outcome, rival).Sentences(candidate, chosen, winner, against);
        return new(asked, candidate, winner, sentences);
    }
}

/// <summary>Why a candidate wins or does not, term by term.</summary>
/// <param name="Asked">What was asked about.</param>
/// <param name="Candidate">The best candidate of that kind; null when none can be predicted or fits.</param>
/// <param name="Against">The recommendation, or the best limits aside; null when the candidate is it.</param>
/// <param name="Sentences">The explanation in sentences made from the numbers.</param>
public sealed record Explanation(string Asked, Candidate? Candidate, Candidate? Against, IReadOnlyList<string> Sentences)
{
    /// <summary>Version of this format.</summary>
    public int SchemaVersion { get; init; } = 1;
}
