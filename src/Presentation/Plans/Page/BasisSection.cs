using SlmPlanner.Core.Planning.Results;
using SlmPlanner.Presentation.Pages;
using SlmPlanner.Presentation.Wording;

namespace SlmPlanner.Presentation.Plans.Page;

/// <summary>What the plan rests on: data, models, their error, and assumptions with sources and dates.</summary>
internal static class BasisSection
{
    /// <summary>Sources, then assumptions.</summary>
    public static Html Render(PlanResult result) => Html.Of($"""
        {OpeningSection.List("", PlanText.Rests(result.Provenance))}
        {Assumptions([.. result.Provenance.Assumptions.Select(AssumptionWords.Of)])}
        """);

    /// <summary>The error of this kind of prediction, where it was measured.</summary>
    public static Html Accuracy(PlanResult result) => result.Provenance.Accuracy.Length == 0
        ? Html.Of($"<p>The error of these predictions has not been measured: treat the order as a guess until a burst confirms it.</p>\n")
        : Html.Of($"<p>How far such predictions were off where the truth is known: {result.Provenance.Accuracy}</p>\n");

    private static Html Assumptions(IReadOnlyList<string> assumptions) => assumptions.Count == 0
        ? default
        : Html.Of($"<h3>Assumptions</h3>\n{OpeningSection.List("", assumptions)}");
}
