using System.Globalization;
using Microsoft.AspNetCore.Http;
using SlmPlanner.Core.Planning.Results;
using SlmPlanner.Presentation.Pages;
using SlmPlanner.Presentation.Tables;
using SlmPlanner.Presentation.Wording;

namespace SlmPlanner.Planner.Web.Plans;

/// <summary>The measurements behind a plan's predicted speed, and what each does to it.</summary>
internal static class EvidenceView
{
    private const int MostSources = 15;
    private const int MostNames = 2;

    /// <summary>The page.</summary>
    /// <param name="evidence">The evidence; null without a recommendation.</param>
    /// <param name="query">The plan's query string.</param>
    public static IResult Page(PlanEvidence? evidence, string query) => Layout.Page("The evidence behind a plan", Html.Of($"""
        <header><p class="kicker"><a href="/plan?{query}">The plan</a></p><h1>Which measurements move this answer, and by how much</h1></header>
        <main class="evidence">
        {(evidence is null ? Html.Of($"<p>Nothing is recommended, or nothing was measured: there is no evidence to show.</p>") : Parts(evidence))}
        </main>
        """));

    private static Html Parts(PlanEvidence evidence) => Html.Of($"""
        <p>A step of the recommended run is predicted to take {Readable.Seconds(evidence.StepSeconds)}. The prediction is fitted to
        {Readable.Whole(evidence.Rows)} measured rows; {Rows(evidence)}. Each line says what the prediction would be without those rows: by how much
        the step is longer or shorter for them, and how much wider the interval would be without them. Where every line is small, many rows say
        nearly one thing, and what is left open is your own set-up, which no row but a run of yours can tell.</p>
        {HtmlTable.Render(Table("Publications, and your own runs, that hold most", evidence.Sources.Take(MostSources), isSingle: false))}
        {HtmlTable.Render(Table("Your own runs", evidence.Own, isSingle: true))}
        {HtmlTable.Render(Table("Single rows that hold most", evidence.SingleRows, isSingle: true))}
        <p class="note">By the fit's tangents, without fitting anew: exact for small changes. What each row itself was off by is in the last column: rows
        that fit badly, and hold much, are those to doubt.</p>
        """);

    private static string Rows(PlanEvidence evidence) => evidence.RowsOfGpu == 0
        ? $"none is of the {evidence.Gpu}, so its speed rests on its datasheet and on what other devices do with theirs"
        : $"{Readable.Whole(evidence.RowsOfGpu)} of them {(evidence.RowsOfGpu == 1 ? "is" : "are")} of the {evidence.Gpu}";

    private static ReportTable Table(string title, IEnumerable<EvidencePart> parts, bool isSingle) => ReportTable.Of(title, parts,
    [
        new TableColumn<EvidencePart>(isSingle ? "row" : "publication", part => part.Name),
        .. isSingle ? Array.Empty<TableColumn<EvidencePart>>() : [new("rows", part => Readable.Whole(part.Rows), IsNumber: true)],
        new("GPUs", part => Names(part.Gpus)),
        new("software", part => Names(part.Stacks)),
        new("with it, a step is", part => Change(part.StepChange), IsNumber: true),
        new("without it, the interval is", part => Wider(part.WidthWithout - 1), IsNumber: true),
        .. isSingle ? [new TableColumn<EvidencePart>("measured, against the fit", part => Change(part.Residual ?? 0), IsNumber: true)]
        : Array.Empty<TableColumn<EvidencePart>>(),
    ]);

    private static string Change(double share) => Math.Abs(share) < 0.0005
        ? "unchanged"
        : string.Create(CultureInfo.InvariantCulture, $"{Math.Abs(share) * 100:0.0} % {(share > 0 ? "longer" : "shorter")}");

    private static string Wider(double share) => share < 0.0005
        ? "below 0.1 % wider"
        : string.Create(CultureInfo.InvariantCulture, $"{share * 100:0.0} % wider");

    private static string Names(IReadOnlyList<string> names) => names.Count == 0 ? Readable.Missing
        : names.Count <= MostNames ? string.Join(", ", names)
        : $"{string.Join(", ", names.Take(MostNames))} and {names.Count - MostNames} more";
}
