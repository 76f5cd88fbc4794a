using SlmPlanner.Core.Planning.Results;
using SlmPlanner.Presentation.Pages;
using SlmPlanner.Presentation.Wording;

namespace SlmPlanner.Presentation.Plans.Page;

/// <summary>The answers to choose from, one card each; an answer that is best at several things has one card.</summary>
internal static class AnswerCards
{
    /// <summary>The cards, cheapest first; of a plan of before there were three answers its recommendation alone.</summary>
    public static Html Render(PlanResult plan)
    {
        var answers = plan.Answers is { Count: > 0 } given ? given
            : plan.Recommendation is { } best ? [new Answer(AnswerRole.Balanced, Recommended: true, best)] : [];
        return answers.Count == 0 ? default : Html.Of($"""
            <ul class="choices">
            {Together(answers).Select(group => Card(plan, group))}</ul>
            <p class="note">Ranges hold with {Readable.Percent(plan.Request.Confidence)} probability.{Assumed(answers)}</p>
            """);
    }

    /// <summary>Answers that are the same candidate stand together.</summary>
    private static IEnumerable<IReadOnlyList<Answer>> Together(IReadOnlyList<Answer> answers) => answers
        .Select((answer, index) => (Answer: answer, Role: AnswerWords.SameAs(answers, index) ?? answer.Role))
        .GroupBy(pair => pair.Role)
        .Select(group => (IReadOnlyList<Answer>)[.. group.Select(pair => pair.Answer)]);

    private static Html Card(PlanResult plan, IReadOnlyList<Answer> answers)
    {
        var candidate = answers[0].Candidate;
        var isChosen = answers.Any(answer => answer.Recommended);
        var roles = plan.Answers is { Count: > 0 } ? string.Join(" and ", answers.Select(answer => AnswerWords.Name(answer.Role)))
            : "recommended";
        return Html.Of($"""
            <li class="card{Html.Trusted(isChosen ? " chosen" : "")}">
            <h3>{roles}{(isChosen && plan.Answers is { Count: > 0 } ? Html.Of($" <b>recommended</b>") : default)}</h3>
            <p class="rent">{CandidateText.Devices(candidate)} <span>{candidate.Provider}</span></p>
            <p class="figure"><b>{Readable.Usd(candidate.CostUsd)}</b> <span>{Readable.UsdRange(candidate.CostUsdLow, candidate.CostUsdHigh)}</span></p>
            <p class="figure"><b>{Readable.HoursLike(candidate.Hours, candidate.HoursHigh)}</b> <span>{Readable.HoursRange(candidate.HoursLow, candidate.HoursHigh)}</span></p>
            <ul>
            <li>{AccessWords.Takes(candidate)}, {Readable.UsdPerHour(candidate.UsdPerHour)}</li>
            <li>price of {Readable.Date(candidate.PriceDate)}</li>
            <li>memory: {AnswerWords.Fits(candidate)}</li>
            {Pays(answers[0])}</ul>
            </li>

            """);
    }

    private static Html Pays(Answer answer) => answer.UsdPerDaySaved is { } usd
        ? Html.Of($"<li>pays if a day is worth {Readable.Usd(usd)}</li>\n")
        : default;

    private static string Assumed(IReadOnlyList<Answer> answers) =>
        answers.Select(answer => answer.Candidate.AssumedNetworkGbitS).FirstOrDefault(rate => rate is not null) is { } network
            ? $" Some offers state no network between machines: {Readable.Number(network)} Gbit/s is assumed."
            : "";
}
