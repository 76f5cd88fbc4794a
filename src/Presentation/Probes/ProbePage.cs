using SlmPlanner.Core.Planning.Results;
using SlmPlanner.Presentation.Pages;

namespace SlmPlanner.Presentation.Probes;

/// <summary>What measuring first is worth, as a page of its own.</summary>
internal static class ProbePage
{
    /// <summary>The whole document.</summary>
    public static string Render(ProbePlan plan) => HtmlPage.Render("What to measure first", Html.Of($"""
        <header><p class="kicker">Measure first?</p>{ProbeSection.Answer(plan)}</header>
        <main>
        {ProbeSection.Render(plan)}
        </main>
        """));
}
