using System.Globalization;
using Microsoft.AspNetCore.Http;
using SlmPlanner.Data.Store;
using SlmPlanner.Presentation.Pages;
using SlmPlanner.Presentation.Wording;

namespace SlmPlanner.Planner.Web.Runs;

/// <summary>All runs: those watched against a plan, those learned, and the choice of two to compare.</summary>
internal static class RunsView
{
    private const int MostLearned = 200;

    /// <summary>The page.</summary>
    /// <param name="watched">Runs that are watched.</param>
    /// <param name="learned">Runs of the store, the latest first.</param>
    /// <param name="hasStore">Whether there is a store.</param>
    public static IResult Page(IReadOnlyList<WatchedState> watched, IReadOnlyList<KeptObservation> learned, bool hasStore) => Layout.Page("Runs", Html.Of($"""
        <header><h1>Runs: what they cost, and what they taught</h1></header>
        <main>
        <section><h2>Watched against a plan</h2>
        {(watched.Count == 0 ? Html.Of($"<p>No run is watched: <code>slm-plan serve --track out/plan.json=train.log</code> shows one as it goes.</p>") : Watched(watched))}
        </section>
        <section><h2>Learned</h2>
        {(learned.Count > 0 ? Learned(learned) : Html.Of($"<p>{(hasStore ? "The store holds no run yet" : "There is no store of learned runs yet")}: <code>slm-plan learn train.log</code> keeps what a log tells, and plans use it.</p>"))}
        </section>
        {(watched.Count + learned.Count > 1 ? Comparison(watched, learned) : default)}
        </main>
        """));

    private static Html Watched(IReadOnlyList<WatchedState> runs) => Table(
        "Each is linked to its page, which follows it", ["Run", "Done", "Spent", "Final bill", "Speed against plan", "State"],
        runs.Select(Row));

    private static Html Row(WatchedState state)
    {
        var progress = state.Progress;
        var number = state.Run.Number.ToString(CultureInfo.InvariantCulture);
        return Html.Of($"""
            <tr><th scope="row"><a href="/runs/{number}">{state.Run.Name}</a></th>{Cell("Done", progress is null ? Readable.Missing : WatchedRunView.DoneShare(progress))}{Cell("Spent", progress is null ? Readable.Missing : Readable.Usd(progress.SpentUsd))}{Cell("Final bill", progress is null ? Readable.Missing : Readable.UsdRange(progress.FinalCostUsd.Low, progress.FinalCostUsd.High))}{Cell("Speed against plan", progress is null ? Readable.Missing : Readable.Percent(progress.TokensPerSecond.Median / progress.PlannedTokensPerSecond.Median))}{Cell("State", WatchedRunView.Says(state))}</tr>

            """);
    }

    private static Html Learned(IReadOnlyList<KeptObservation> runs) => Table(
        runs.Count > MostLearned ? $"The latest {MostLearned} of {Readable.Whole(runs.Count)}" : "The latest first",
        ["Run", "Learned", "Model", "Machine", "Software", "Tokens/s per GPU"], runs.Take(MostLearned).Select(Row));

    private static Html Row(KeptObservation kept)
    {
        var seen = kept.Observation;
        return Html.Of($"""
            <tr><th scope="row"><a href="/runs/learned/{kept.ShortId}">{seen.Name}</a></th>{Cell("Learned", kept.At.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))}{Cell("Model", seen.Model.Name ?? Readable.Missing)}{Cell("Machine", RunFigures.Machine(seen))}{Cell("Software", seen.Stack.Name ?? Readable.Missing)}{Cell("Tokens/s per GPU", seen.TokensPerSecondPerGpu is { } rate ? Readable.Whole(rate) : Readable.Missing)}</tr>

            """);
    }

    private static Html Table(string caption, IReadOnlyList<string> heads, IEnumerable<Html> rows) => Html.Of($"""
        <div class="scroll" role="region" tabindex="0" aria-label="{caption}">
        <table class="cards"><caption>{caption}</caption>
        <thead><tr>{heads.Select(head => Html.Of($"<th scope=\"col\">{head}</th>"))}</tr></thead>
        <tbody>
        {rows}</tbody></table></div>
        """);

    private static Html Cell(string head, string text) => Html.Of($"<td data-label=\"{head}\">{text}</td>");

    private static Html Comparison(IReadOnlyList<WatchedState> watched, IReadOnlyList<KeptObservation> learned)
    {
        (string Key, string Name)[] runs =
        [
            .. watched.Select(state => (state.Run.Number.ToString(CultureInfo.InvariantCulture), $"{state.Run.Name} (watched)")),
            .. learned.Take(MostLearned).Select(kept => (kept.ShortId, kept.Observation.Name)),
        ];
        return Html.Of($"""
            <section><h2>Two of them beside each other</h2>
            <form action="/runs/compare" method="get" class="inline">
            <label>Compare <select name="first">{runs.Select((run, index) => Option(run, index == 0))}</select></label>
            <label>with <select name="second">{runs.Select((run, index) => Option(run, index == 1))}</select></label>
            <button type="submit">Compare</button></form></section>
            """);
    }

    private static Html Option((string Key, string Name) run, bool isSelected) =>
        Html.Of($"<option value=\"{run.Key}\"{Html.Trusted(isSelected ? " selected=\"selected\"" : "")}>{run.Name}</option>");
}
