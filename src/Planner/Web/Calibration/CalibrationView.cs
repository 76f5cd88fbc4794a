using System.Globalization;
using Microsoft.AspNetCore.Http;
using SlmPlanner.Core.Prediction;
using SlmPlanner.Data.History;
using SlmPlanner.Presentation.Pages;
using SlmPlanner.Presentation.Wording;

namespace SlmPlanner.Planner.Web.Calibration;

/// <summary>The dashboard: the watched run, past runs with their errors, devices that became slower.</summary>
internal static class CalibrationView
{
    /// <summary>The page.</summary>
    /// <param name="runs">Past runs, oldest first.</param>
    /// <param name="devices">Calibrated devices beside published rows.</param>
    /// <param name="live">The watched run; null when none is watched.</param>
    public static IResult Page(
        IReadOnlyList<HistoryEntry> runs, IReadOnlyList<DeviceComparison> devices, Html? live) => Layout.Page("Calibration", Html.Of($"""
        <header><h1>Calibration: how fast machines are, measured</h1></header>
        <main>
        {(live is { } part ? Html.Of($"<section><h2>The run being watched</h2><div id=\"live\" data-stream=\"/calibration/live\" aria-live=\"polite\">{part}</div></section>") : Html.Of($"<p class=\"note\">No run is watched: <code>slm-plan serve --calibration DIR</code> shows one as it goes.</p>"))}
        <section><h2>Past runs</h2>
        {(runs.Count == 0 ? Html.Of($"<p>No run is in the history yet. <code>slm-calibrate run --out DIR</code> makes one.</p>") : Runs(runs, devices))}
        </section>
        </main>
        """));

    private static Html Runs(IReadOnlyList<HistoryEntry> runs, IReadOnlyList<DeviceComparison> devices) => Html.Of($"""
        {Slower(runs)}
        {FleetView.Render(runs)}
        {FleetView.Published(devices)}
        <div class="scroll" role="region" tabindex="0" aria-label="Past runs">
        <table class="cards">
        <caption>Runs, latest first; the error is the mean absolute error of step time on bursts held back from the fit</caption>
        <thead><tr><th scope="col">Run</th><th scope="col">Date</th><th scope="col">Machine</th><th scope="col">Device</th><th scope="col">Settings</th><th scope="col" class="number">Bursts</th><th scope="col" class="number">Held-out error</th></tr></thead>
        <tbody>
        {runs.Reverse().Select(Row)}</tbody></table></div>
        {(runs.Count > 1 ? Comparison(runs) : default)}
        """);

    private static Html Row(HistoryEntry entry) => Html.Of($"""
        <tr><th scope="row"><a href="/calibration/runs/{Id(entry)}">{Id(entry)}</a></th><td data-label="Date">{entry.At.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)}</td><td data-label="Machine">{entry.Machine}</td><td data-label="Device">{entry.Device}</td><td data-label="Settings">{entry.Settings}</td><td data-label="Bursts" class="number">{entry.Bursts}</td><td data-label="Held-out error" class="number">{(entry.HeldOutError is { } error ? Readable.Percent(error) : Readable.Missing)}</td></tr>

        """);

    private static Html Comparison(IReadOnlyList<HistoryEntry> runs) => Html.Of($"""
        <form action="/calibration/compare" method="get" class="inline">
        <label>Compare run <select name="before">{runs.Select(entry => Option(entry, entry == runs[^2]))}</select></label>
        <label>with run <select name="after">{runs.Select(entry => Option(entry, entry == runs[^1]))}</select></label>
        <button type="submit">Compare</button></form>
        """);

    private static Html Option(HistoryEntry entry, bool isSelected) => Html.Of(
        $"<option value=\"{Id(entry)}\"{Html.Trusted(isSelected ? " selected=\"selected\"" : "")}>{Id(entry)}: {entry.Device}</option>");

    /// <summary>Machines that are slower than they were, and those that are slower than their siblings.</summary>
    private static Html Slower(IReadOnlyList<HistoryEntry> runs) => HtmlFindings.Render(
    [
        .. runs.GroupBy(entry => (entry.Machine, entry.Device)).Select(group => group.Last())
            .Select(latest => HistoryComparison.Slower([.. runs.Where(entry => entry.Id < latest.Id)], latest))
            .OfType<Core.Findings.Finding>(),
        .. FleetView.Warnings(runs),
    ]);

    private static string Id(HistoryEntry entry) => entry.Id.ToString(CultureInfo.InvariantCulture);
}
