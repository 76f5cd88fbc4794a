using Microsoft.AspNetCore.Http;
using SlmPlanner.Core.Planning.Results;
using SlmPlanner.Presentation.Charts;
using SlmPlanner.Presentation.CommandLine;
using SlmPlanner.Presentation.Pages;
using SlmPlanner.Presentation.Plans.Page;
using SlmPlanner.Presentation.Plans.Tables;
using SlmPlanner.Presentation.Tables;
using SlmPlanner.Presentation.Wording;

namespace SlmPlanner.Planner.Web.Plans;

/// <summary>The page of a plan: the form, and under it the answer. Shows what the report shows, and computes nothing.</summary>
internal static class PlanView
{
    /// <summary>The whole page; 400 when the request has problems.</summary>
    /// <param name="form">What can be chosen.</param>
    /// <param name="given">The request as written.</param>
    /// <param name="problems">What is wrong with it.</param>
    /// <param name="plan">Its plan; null when nothing was asked, or with problems.</param>
    public static IResult Page(PlanForm form, Given given, IReadOnlyList<FieldProblem> problems, PlanResult? plan) => Layout.Page(
        plan is null ? "Plan a training run" : PlanText.Answer(plan),
        Html.Of($"""
            <header><h1>What to rent to train a small language model</h1></header>
            {PlanFormView.Render(form, given, problems)}
            <main id="result" aria-live="polite">{(plan is null ? default : Result(plan, PlanQuery.Write(given)))}</main>
            """),
        problems.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest);

    /// <summary>The answer alone.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="query">Its query string, for links.</param>
    public static Html Result(PlanResult plan, string query) => Html.Of($"""
        <section id="answer">
        <h2>{PlanText.Answer(plan)}</h2>
        <p class="asked">{PlanText.Asked(plan.Request)} <a href="/plan?{query}">Link to this plan</a></p>
        {OpeningSection.Remedies(plan.Remedies)}
        {AnswerCards.Render(plan)}
        <p class="script-only actions"><button type="button" data-do="share">Copy the link</button> <button type="button" data-do="print">Print</button></p>
        </section>
        <section id="charts">
        <h2>What else you could rent</h2>
        <div class="beside">
        <div>{Filter(plan)}
        {HtmlMarkChart.Render(PlanMarkCharts.CostTime(plan))}</div>
        {ChangeOfMind.Render(plan)}
        </div>
        {Folded(PlanTables.Alternatives(plan))}
        </section>
        <section id="decision">
        {OpeningSection.Money(plan)}
        {OpeningSection.Checks(plan)}
        <details><summary>Why this one</summary>
        {OpeningSection.List("", PlanText.Why(plan))}
        {OpeningSection.MoreFindings(plan.Findings)}</details>
        </section>
        {Downloads(plan, query)}
        <section id="value">
        <h2>What a dollar buys</h2>
        {HtmlMarkChart.Render(PlanMarkCharts.GpuCount(plan))}
        {Folded(PlanTables.BestPerGpu(plan))}
        {Folded(LossTables.Laws(plan.LossLaws))}
        {Folded(RecipeTables.Recipe(plan.Recipe))}
        {Folded(PlanTables.BestPerProvider(plan))}
        {Folded(PlanTables.Rejected(plan))}
        </section>
        <section id="basis">
        <h2>What this rests on</h2>
        {BasisSection.Accuracy(plan)}
        {(plan.Recommendation is null ? default : Html.Of($"<p><a href=\"/plan/evidence?{query}\">Which measurements move this answer, and by how much</a></p>\n<p><a href=\"/plan/measure-first?{query}\">Is it worth to measure a machine first?</a></p>"))}
        <details><summary>Sources and assumptions</summary>
        {BasisSection.Render(plan)}</details></section>
        """);

    private static Html Downloads(PlanResult plan, string query)
    {
        var files = PlanDownloads.Of(plan);
        return Html.Of($"""
            <section id="downloads">
            <h2>To file, and to run</h2>
            <ul class="files">
            {files.Where(file => file.Refusal is null).Select(file => Html.Of($"<li><a href=\"/plan/files/{file.Name}?{query}\" download>{file.Name}</a></li>\n"))}</ul>
            {OpeningSection.List("note", files.Select(file => file.Refusal).OfType<string>())}</section>
            """);
    }

    private static Html Filter(PlanResult plan) => Html.Of($"""
        <details class="filter script-only"><summary>GPU types shown</summary>
        <p><button type="button" data-all="true">All</button> <button type="button" data-all="false">None</button></p>
        <div class="boxes">
        {PlanMarkCharts.Gpus(plan).Select(gpu => Html.Of($"<label><input type=\"checkbox\" value=\"{gpu}\" checked=\"checked\"> {gpu}</label>\n"))}</div>
        </details>
        """);

    private static Html Folded(ReportTable table) => table.Rows.Count == 0
        ? default
        : Html.Of($"<details><summary>{table.Title}</summary>{HtmlTable.Render(table)}</details>\n");
}
