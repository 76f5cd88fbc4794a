using Microsoft.AspNetCore.Http;
using SlmPlanner.Data.Store;
using SlmPlanner.Planner.Listings;
using SlmPlanner.Presentation.Pages;
using SlmPlanner.Presentation.Wording;

namespace SlmPlanner.Planner.Web.Runs;

/// <summary>One learned run: what it measured, whether that was to be expected, and every field that is kept.</summary>
internal static class LearnedRunView
{
    private const double Unusual = 2;

    /// <summary>The page.</summary>
    /// <param name="run">The run.</param>
    /// <param name="surprise">How far its step time is from what all other rows say, as a logarithm with its standard deviation.</param>
    public static IResult Page(KeptObservation run, (double LogError, double Deviation)? surprise) => Layout.Page(run.Observation.Name, Html.Of($"""
        <header><p class="kicker"><a href="/runs">Runs</a></p><h1>{run.Observation.Name}</h1></header>
        <main>
        <p>{Measured(run)}</p>
        <p>{Expected(surprise)}</p>
        <details><summary>All that is kept of it</summary>{HtmlTable.Render(EvidenceListings.One(run).ToTable())}</details>
        </main>
        """));

    private static string Measured(KeptObservation run) => run.Observation is { TokensPerSecondPerGpu: { } rate } seen
        ? $"{RunFigures.Machine(seen)} trained {seen.Model.Name ?? "a model without a name"} at {Readable.Whole(rate)} tokens per "
        + $"second and GPU."
        : "No speed was measured.";

    private static string Expected((double LogError, double Deviation)? surprise) => surprise is not { } found
        ? "Plans of this page do not use it: it was learned after the server started, tells no speed that can be used, or has another "
        + "run's name."
        : $"Without it, all other rows predict a step {Off(Math.Exp(-found.LogError) - 1)} than it took: "
        + $"{Readable.Number(Math.Abs(found.LogError) / found.Deviation)}"
            + $" standard deviations{(Math.Abs(found.LogError) > Unusual * found.Deviation ? ", so look whether the GPU, the model and the batch are those that ran" : "")}."
            + " Plans of this page use it.";

    private static string Off(double share) => share < 0 ? $"{Readable.Percent(-share)} shorter" : $"{Readable.Percent(share)} longer";
}
