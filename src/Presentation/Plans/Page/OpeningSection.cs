using SlmPlanner.Core.Findings;
using SlmPlanner.Core.Planning.Results;
using SlmPlanner.Presentation.Pages;
using SlmPlanner.Presentation.Wording;

namespace SlmPlanner.Presentation.Plans.Page;

/// <summary>The first screen: the answer in one sentence, the figures to decide by, why, and what to know first.</summary>
internal static class OpeningSection
{
    /// <summary>The header of the page, with links to the sections below it.</summary>
    public static Html Render(PlanResult result, IReadOnlyList<PageSection> sections) => Html.Of($"""
        <header>
        <p class="kicker">Training plan · {Readable.Date(result.Provenance.Made)}</p>
        <h1>{PlanText.Answer(result)}</h1>
        <p class="asked">{PlanText.Asked(result.Request)}</p>
        {Remedies(result.Remedies)}
        {(result.Recommendation is { } best ? Answers(best, Readable.Percent(result.Request.Confidence)) : default)}
        {List("", PlanText.Why(result))}
        {Findings(result.Findings)}
        <nav aria-label="Sections"><ul>
        {sections.Select(section => Html.Of($"<li><a href=\"#{section.Id}\">{section.Link}</a></li>\n"))}</ul></nav>
        </header>
        """);

    /// <summary>A list of sentences; nothing when there are none.</summary>
    public static Html List(string kind, IEnumerable<string> sentences)
    {
        var items = sentences.Select(sentence => Html.Of($"<li>{sentence}</li>\n")).ToArray();
        return items.Length == 0 ? default : Html.Of($"<ul{Class(kind)}>\n{items}</ul>\n");
    }

    private static Html Class(string kind) => kind.Length == 0 ? default : Html.Of($" class=\"{kind}\"");

    /// <summary>The four figures to decide by.</summary>
    public static Html Answers(Candidate best, string confidence) => Html.Of($"""
        <dl class="answers">
        {Answer("Rent", CandidateText.Devices(best), $"{CandidateText.Place(best)}; {Readable.UsdPerHour(best.UsdPerHour)}")}
        {Answer("Expected cost", Readable.Usd(best.CostUsd), CandidateText.CostSpread(best, confidence))}
        {Answer("Expected time", Readable.Hours(best.Hours), CandidateText.TimeSpread(best, confidence))}
        {Answer("You get", $"{best.Model}, {Readable.Count(best.Tokens)} tokens", $"expected loss {CandidateText.Loss(best)}, {CandidateText.LossPerUsd(best)} millionths for the next dollar; {CandidateText.TokensPerUsd(best)} tokens per dollar")}
        </dl>
        """);

    private static Html Answer(string what, string value, string detail) => Html.Of($"""
        <div><dt>{what}</dt><dd class="value">{value}</dd><dd class="detail">{detail}</dd></div>

        """);

    /// <summary>What would make an infeasible request feasible; nothing for a feasible one.</summary>
    public static Html Remedies(IReadOnlyList<Remedy> remedies) => remedies.Count == 0
        ? default
        : Html.Of($"""
            <h2>What would make it feasible</h2>
            {List("remedies", remedies.Select(RejectionWords.Of))}
            """);

    /// <summary>What to know before deciding, worst first.</summary>
    public static Html Findings(IReadOnlyList<Finding> findings)
    {
        if (findings.Count == 0)
            return default;
        var items = findings.OrderByDescending(finding => finding.Severity).Select(finding =>
        {
            var kind = FindingWords.Severity(finding);
            return Html.Of($"<li class=\"{kind}\"><b>{finding.Severity.ToString()}</b>{FindingWords.Of(finding)}</li>\n");
        });
        return Html.Of($"""
            <h3>Know before you decide</h3>
            <ul class="findings">
            {items}</ul>
            """);
    }
}
