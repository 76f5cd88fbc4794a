using SlmPlanner.Core.Planning.Requests;
using SlmPlanner.Core.Planning.Results;
using SlmPlanner.Core.Planning.Search;

namespace SlmPlanner.Core.Planning.Answers;

/// <summary>The cheapest, the balanced and the fastest of the candidates that keep the limits; one candidate may be several of them.</summary>
internal static class ThreeAnswers
{
    /// <summary>All three, cheapest first; empty when nothing keeps the limits.</summary>
    /// <param name="outcome">The search.</param>
    /// <param name="description">Writes a choice out in full.</param>
    public static IReadOnlyList<Answer> Of(SearchOutcome outcome, CandidateDescription description)
    {
        if (outcome.FeasibleFront().Count == 0)
            return [];
        var asked = Asked(outcome.Request.Objective);
        return [.. Orders(outcome).Select(answer =>
            new Answer(answer.Role, answer.Role == asked, description.Describe(outcome.BestOfFront(answer.Order)!)))];
    }

    private static AnswerRole Asked(Objective objective) => objective switch
    {
        Objective.Time => AnswerRole.Fastest,
        Objective.Balanced => AnswerRole.Balanced,
        _ => AnswerRole.Cheapest,
    };

    private static IEnumerable<(AnswerRole Role, CandidateOrder Order)> Orders(SearchOutcome outcome) =>
    [
        (AnswerRole.Cheapest, CandidateOrder.Cheapest),
        (AnswerRole.Balanced, CandidateOrder.Balanced(outcome.Balance)),
        (AnswerRole.Fastest, CandidateOrder.Fastest),
    ];
}
