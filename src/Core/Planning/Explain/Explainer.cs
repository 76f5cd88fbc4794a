using System.Text.Json.Serialization;
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
    private const string Asked = "recommendation";
    private readonly CandidateDescription _description = new(outcome.Goal, outcome.Request, inputs);

    /// <summary>Explains the recommendation; the best limits aside when there is none.</summary>
    public Explanation Winner() => Best(_ => true) is { } chosen
        ? Explain(Asked, chosen, against: null, rival: null)
        : new(Asked, null, null) { Absence = new NothingFeasible(outcome.Request, RejectionSummary.Of(outcome)) };

    /// <summary>Explains what keeps the best candidate of a kind from winning.</summary>
    public Explanation WhyNot(CandidatePattern pattern)
    {
        if (Best(pattern.Matches) is not { } chosen)
            return Missing(pattern);
        var winner = Best(_ => true)!;
        return Explain(pattern.Text, chosen, winner.Priced == chosen.Priced && winner.Result == chosen.Result ? null : winner, rival: null);
    }

    /// <summary>Sets the best candidates of two kinds side by side; where the search has none of a kind, says why.</summary>
    public Explanation Compare(CandidatePattern left, CandidatePattern right) =>
        Best(left.Matches) is not { } first ? Missing(left)
        : Best(right.Matches) is not { } second ? Missing(right)
        : Explain($"{left.Text} against {right.Text}", first, second, right.Text);

    private Explanation Missing(CandidatePattern pattern) =>
        new(pattern.Text, null, null) { Absence = Absence.Of(outcome, inputs, pattern) };

    /// <summary>The best candidate that a test accepts: one that keeps the limits if there is one.</summary>
    private Choice? Best(Func<Choice, bool> accepts) => outcome.Best(outcome.Bests().Where(accepts));

    private Explanation Explain(string asked, Choice chosen, Choice? against, string? rival)
    {
        var candidate = _description.Describe(chosen);
        var other = against is null ? null : _description.Describe(against);
        return new(asked, candidate, other)
        {
            Contrast = Contrast.Of(outcome, chosen, candidate, other, rival), Learned = LearnedBehind.Of(chosen, outcome, inputs),
            Stall = StallFindings.On(outcome, inputs, chosen),
            OpenInputs = new OpenInputs(outcome, inputs).Of(chosen, new ShortRuns(outcome, inputs).Best(chosen, candidate)),
        };
    }
}

/// <summary>Why a candidate wins or does not, term by term.</summary>
/// <param name="Asked">What was asked about.</param>
/// <param name="Candidate">The best candidate of that kind; null when none can be predicted or fits.</param>
/// <param name="Against">The recommendation, or the best limits aside; null when the candidate is it.</param>
public sealed record Explanation(string Asked, Candidate? Candidate, Candidate? Against)
{
    /// <summary>Version of this format.</summary>
    public int SchemaVersion { get; init; } = 1;

    /// <summary>The user's own runs that move the candidate's predicted step; null where none were learned.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public LearnedEvidence? Learned { get; init; }

    /// <summary>
    /// What the request leaves open of the candidate's speed and would narrow its interval most, the most telling first; null without a
    /// candidate.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<OpenInput>? OpenInputs { get; init; }

    /// <summary>What is known of measured pipelines that stalled; null where it says nothing of the candidate.</summary>
    [JsonIgnore]
    public PipelineMayStall? Stall { get; init; }

    /// <summary>What the candidate does and does not keep, and what sets it apart; null without a candidate.</summary>
    [JsonIgnore]
    public Contrast? Contrast { get; init; }

    /// <summary>Why there is no such candidate; null when there is one.</summary>
    [JsonIgnore]
    public Absence? Absence { get; init; }
}
