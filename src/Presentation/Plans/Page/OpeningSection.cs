using SlmPlanner.Core.Findings;
using SlmPlanner.Core.Planning.Results;
using SlmPlanner.Presentation.Pages;
using SlmPlanner.Presentation.Plans.Tables;
using SlmPlanner.Presentation.Wording;

namespace SlmPlanner.Presentation.Plans.Page;

/// <summary>The first page: the answers, the bill, the risk, and what to check before paying.</summary>
internal static class OpeningSection
{
    /// <summary>Findings on the first page; the others are in the appendix.</summary>
    private const int MostChecks = 4;

    /// <summary>The header of the page, with links to the sections below it.</summary>
    public static Html Render(PlanResult result, IReadOnlyList<PageSection> sections) => Html.Of($"""
        <header>
        <p class="kicker">Training plan · {Readable.Date(result.Provenance.Made)}</p>
        <h1>{PlanText.Answer(result)}</h1>
        <p class="asked">{PlanText.Asked(result.Request)}</p>
        {Remedies(result.Remedies)}
        {AnswerCards.Render(result)}
        {Money(result)}
        {Checks(result)}
        <p class="sign">Decided by <span></span> on <span></span></p>
        <nav aria-label="Sections"><ul>
        {sections.Select(section => Html.Of($"<li><a href=\"#{section.Id}\">{section.Link}</a></li>\n"))}</ul></nav>
        </header>
        """);

    /// <summary>The bill and the risk of the recommended answer; nothing without one.</summary>
    public static Html Money(PlanResult result) => result.Recommendation is not { } best ? default : Html.Of($"""
        <div class="pair">
        {HtmlTable.Render(BillTables.Bill(best))}
        {HtmlTable.Render(BillTables.Risk(result, best))}</div>
        """);

    /// <summary>What to check before paying: how the machines are had, and the gravest findings.</summary>
    public static Html Checks(PlanResult result)
    {
        var access = result.Recommendation is { } best ? AccessWords.Sentences(best).ToArray() : [];
        var findings = HtmlFindings.Sorted(result.Findings).Take(MostChecks).ToArray();
        return access.Length + findings.Length == 0 ? default : Html.Of($"""
            <h2>Before you pay</h2>
            <ul class="findings">
            {findings.Select(HtmlFindings.Item)}{(access.Length == 0 ? default : Html.Of($"<li class=\"hint\"><b>Getting the machines</b>{string.Join(' ', access)}</li>\n"))}</ul>
            """);
    }

    /// <summary>A list of sentences; nothing when there are none.</summary>
    public static Html List(string kind, IEnumerable<string> sentences)
    {
        var items = sentences.Select(sentence => Html.Of($"<li>{sentence}</li>\n")).ToArray();
        return items.Length == 0 ? default : Html.Of($"<ul{Class(kind)}>\n{items}</ul>\n");
    }

    /// <summary>What would make an infeasible request feasible; nothing for a feasible one.</summary>
    public static Html Remedies(IReadOnlyList<Remedy> remedies) => remedies.Count == 0
        ? default
        : Html.Of($"""
            <h2>What would make it feasible</h2>
            {List("remedies", remedies.Select(RejectionWords.Of))}
            """);

    /// <summary>The findings that the first page has no room for, worst first; nothing when it holds all.</summary>
    public static Html MoreFindings(IReadOnlyList<Finding> findings) =>
        HtmlFindings.List([.. HtmlFindings.Sorted(findings).Skip(MostChecks)]);

    private static Html Class(string kind) => kind.Length == 0 ? default : Html.Of($" class=\"{kind}\"");
}
