using System.Globalization;
using Microsoft.AspNetCore.Http;
using SlmPlanner.Core.Planning.Tracking;
using SlmPlanner.Presentation.Charts;
using SlmPlanner.Presentation.Pages;
using SlmPlanner.Presentation.Runs;
using SlmPlanner.Presentation.Tables;
using SlmPlanner.Presentation.Wording;

namespace SlmPlanner.Planner.Web.Runs;

/// <summary>A watched run: where it stands, what it will cost, what to do, and its charts.</summary>
internal static class WatchedRunView
{
    /// <summary>The page.</summary>
    public static IResult Page(WatchedState state) => Layout.Page(state.Run.Name, Html.Of($"""
        <header><p class="kicker"><a href="/runs">Runs</a></p><h1>{state.Run.Name} against its plan</h1></header>
        <main>
        <p class="asked">{Planned(state.Plan)}</p>
        <p id="live-status" class="asked" role="status">{Says(state)}</p>
        <p class="note no-script">This page shows the run as it was when the page was loaded: load it again to see how it is now.</p>
        <div id="live" data-stream="/runs/{Number(state)}/live">{Live(state)}</div>
        </main>
        """));

    /// <summary>The part that is pushed after each change.</summary>
    public static Html Live(WatchedState state) => state is not { Progress: { } progress, Report: { } report }
        ? Html.Of($"<p data-says=\"{Says(state)}\">Waiting for the first steps: {state.Problem}</p>")
        : Html.Of($"""
            <div data-says="{Says(state)}">
            {(state.Problem is { } problem ? Html.Of($"<p class=\"problem\">{problem}</p>") : default)}
            {Alerts(report)}
            <progress max="{Whole(progress.StepsTotal)}" value="{Whole(progress.StepsDone)}" aria-label="Steps done">{DoneShare(progress)}</progress>
            <dl class="answers">
            {Fact("Done", DoneShare(progress), $"{Readable.Whole(progress.StepsDone)} of {Readable.Whole(progress.StepsTotal)} steps")}
            {Fact("Spent", Readable.Usd(progress.SpentUsd), $"after {Readable.Hours(progress.ElapsedHours)}, {Readable.UsdPerHour(progress.UsdPerHour)}")}
            {Fact("Final bill", Readable.Usd(progress.FinalCostUsd.Median), $"{Readable.UsdRange(progress.FinalCostUsd.Low, progress.FinalCostUsd.High)}{Kept(progress.WithinBudget, "budget")}")}
            {Fact("Finish", Finish(report), $"{Readable.HoursRange(progress.FinishHours.Low, progress.FinishHours.High)} from the start{Kept(progress.WithinDeadline, "deadline")}")}
            </dl>
            <h2>What to do</h2>
            <ul class="findings">{report.Advice.Select(advice => Html.Of($"<li>{advice.Text}</li>\n"))}</ul>
            {HtmlMarkChart.Render(RunCharts.Spend(state, progress))}
            {HtmlMarkChart.Render(RunCharts.Speed(progress))}
            {HtmlMarkChart.Render(RunCharts.Loss(progress, state.Plan.Plan.Tokens))}
            {Terms(report)}
            {Events(progress)}
            </div>
            """);

    /// <summary>The run in a sentence, for those who hear the page; it changes once per cent.</summary>
    public static string Says(WatchedState state) => state.Progress is not { } progress ? "The log tells no step yet."
        : progress.IsDone ? $"Done: {Readable.Usd(progress.SpentUsd)} spent."
        : $"{DoneShare(progress)} done; the run "
        + $"{(progress.BreaksPlan ? "is forecast to break its plan" : "keeps its plan")}.";

    /// <summary>How much of a run is done, in whole per cent, of which the last is complete.</summary>
    public static string DoneShare(RunProgress progress) =>
        $"{(100L * progress.StepsDone / progress.StepsTotal).ToString(CultureInfo.InvariantCulture)} %";

    private static string Planned(TrackedPlan tracked) =>
        $"Planned: {Readable.Count(tracked.Plan.Tokens)} tokens of {tracked.Plan.Model} on {tracked.Plan.Gpus} × {tracked.Plan.Gpu} at "
        + $"{tracked.Plan.Provider} for"
        + $" {Readable.UsdRange(tracked.Plan.CostUsdLow, tracked.Plan.CostUsdHigh)} in "
        + $"{Readable.HoursRange(tracked.Plan.HoursLow, tracked.Plan.HoursHigh)}.";

    private static Html Alerts(TrackReport report)
    {
        string[] alerts =
        [
            .. report.BreaksPlan ? ["The forecast breaks the plan."] : Array.Empty<string>(),
            .. report.Thresholds.Where(threshold => threshold.Spent).TakeLast(1)
            .Select(threshold => $"{Readable.Percent(threshold.Share)} of the budget is spent."),
            .. report.Thresholds.Where(threshold => threshold.Forecast && !threshold.Spent).TakeLast(1)
                .Select(threshold => $"{Readable.Percent(threshold.Share)} of the budget will be spent by the end."),
        ];
        return alerts.Length == 0 ? default : Html.Of($"""
            <ul class="findings" aria-label="Alerts">{alerts.Select(alert => Html.Of($"<li class=\"{Html.Trusted(report.BreaksPlan ? "error" : "warning")}\"><b>Alert</b>{alert}</li>\n"))}</ul>
            """);
    }

    private static string Finish(TrackReport report) => report.Finish is { } finish
        ? finish.Median.Replace('T', ' ')[..^3] : $"after {Readable.Hours(report.FinishHours.Median)}";

    private static string Kept(double? probability, string limit) => probability is { } known
        ? $"; {limit} kept with {Readable.Probability(known)}" : "";

    private static Html Fact(string what, string value, string detail) =>
        Html.Of($"<div><dt>{what}</dt><dd class=\"value\">{value}</dd><dd class=\"detail\">{detail}</dd></div>\n");

    private static Html Terms(TrackReport report) => HtmlTable.Render(ReportTable.Of<TrackTerm>(
        "Where time goes, as far as the log tells",
        report.Terms,
        new("what", term => TrackWords.Of(term.Term)),
        new("planned", term => term.PlannedS is { } planned ? TrackWords.Time(planned) : Readable.Missing, IsNumber: true),
        new("now", term => TrackWords.Time(term.Seconds), IsNumber: true),
        new("against the plan", term => term.PlannedS is > 0 and var planned ? Readable.Percent(term.Seconds / planned) : Readable.Missing,
            IsNumber: true)));

    private static Html Events(RunProgress progress) => progress.Events.Count == 0 ? default : Html.Of($"""
        <details><summary>What happened</summary>{HtmlTable.Render(ReportTable.Of<Spell>(
            "Evaluations, checkpoints, restarts and changes of speed, the costliest where there are many",
            RunCharts.Events(progress),
            new("after", spell => Readable.Hours(spell.FromSeconds / 3600)),
            new("what", spell => RunCharts.Text(spell, progress))))}</details>
        """);

    private static string Number(WatchedState state) => Whole(state.Run.Number);

    private static string Whole(double value) => value.ToString("F0", CultureInfo.InvariantCulture);
}
