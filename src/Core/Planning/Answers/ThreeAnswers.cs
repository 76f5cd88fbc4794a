using SlmPlanner.Core.Planning.Requests;
using SlmPlanner.Core.Planning.Results;
using SlmPlanner.Core.Planning.Search;

namespace SlmPlanner.Core.Planning.Answers;

/// <summary>
/// The cheapest, the balanced and the fastest of the candidates that keep the limits; one candidate may be several of them.
/// </summary>
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
        var cheapest = outcome.FeasibleFront()[0].Priced;
        return [.. Orders(outcome).Select(answer =>
        {
            var choice = outcome.BestOfFront(answer.Order)!;
            return new Answer(answer.Role, answer.Role == asked, description.Describe(choice))
            {
                UsdPerDaySaved = UsdPerDaySaved(choice.Priced, cheapest),
            };
        })];
    }

    private static double? UsdPerDaySaved(in Priced priced, in Priced than) =>
        than.Hours > priced.Hours ? (priced.CostUsd - than.CostUsd) / ((than.Hours - priced.Hours) / 24) : null;

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
