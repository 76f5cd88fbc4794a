using Microsoft.AspNetCore.Http;
using SlmPlanner.Core.Planning.Results;
using SlmPlanner.Presentation.Pages;
using SlmPlanner.Presentation.Probes;

namespace SlmPlanner.Planner.Web.Plans;

/// <summary>What it is worth to measure machines before the plan's is rented.</summary>
internal static class MeasureView
{
    /// <summary>The page.</summary>
    /// <param name="measure">What measuring is worth; null where nothing fits.</param>
    /// <param name="query">The plan's query string.</param>
    public static IResult Page(ProbePlan? measure, string query) => Layout.Page("What to measure first", Html.Of($"""
        <header><p class="kicker"><a href="/plan?{query}">The plan</a></p>{(measure is null ? Html.Of($"<h1>What to measure first</h1>") : ProbeSection.Answer(measure))}</header>
        <main>
        {(measure is null ? Html.Of($"<p>No set-up fits any offer, so there is nothing to measure.</p>") : ProbeSection.Render(measure))}
        </main>
        """));
}
