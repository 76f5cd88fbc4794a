using SlmPlanner.Core.Planning.Results;
using SlmPlanner.Presentation.Pages;
using SlmPlanner.Presentation.Wording;

namespace SlmPlanner.Presentation.Plans.Page;

/// <summary>The foot of the page: who made it, when, and which files hold the same in other forms.</summary>
internal static class ClosingSection
{
    /// <summary>The footer.</summary>
    public static Html Render(PlanResult result) => Html.Of($"""
        <footer>
        <p>Made on {Readable.Date(result.Provenance.Made)} by {result.Provenance.Program}. Beside this page: <code>plan.json</code> holds
        everything shown here, <code>candidates.csv</code> the candidates, <code>charts/</code> the charts as PNG and SVG.
        <code>slm-plan export plan.json</code> turns the plan into launch files.</p>
        </footer>
        """);
}
