using SlmPlanner.Core.Findings;
using SlmPlanner.Presentation.Wording;

namespace SlmPlanner.Presentation.Pages;

/// <summary>Findings in a page.</summary>
internal static class HtmlFindings
{
    /// <summary>All of some findings under a heading, worst first; nothing when there are none.</summary>
    public static Html Render(IReadOnlyList<Finding> findings) => findings.Count == 0 ? default : Html.Of($"""
        <h3>Know before you decide</h3>
        {List(findings)}
        """);

    /// <summary>All of some findings, worst first; nothing when there are none.</summary>
    public static Html List(IReadOnlyList<Finding> findings) => findings.Count == 0 ? default : Html.Of($"""
        <ul class="findings">
        {Sorted(findings).Select(Item)}</ul>
        """);

    /// <summary>The findings, worst first.</summary>
    public static IEnumerable<Finding> Sorted(IReadOnlyList<Finding> findings) => findings.OrderByDescending(finding => finding.Severity);

    /// <summary>One of a list.</summary>
    public static Html Item(Finding finding) =>
        Html.Of($"<li class=\"{FindingWords.Severity(finding)}\"><b>{finding.Severity.ToString()}</b>{FindingWords.Of(finding)}</li>\n");
}
