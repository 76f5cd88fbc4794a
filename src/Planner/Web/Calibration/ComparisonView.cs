using System.Globalization;
using Microsoft.AspNetCore.Http;
using SlmPlanner.Data.History;
using SlmPlanner.Presentation.Charts;
using SlmPlanner.Presentation.Pages;
using SlmPlanner.Presentation.Tables;
using SlmPlanner.Presentation.Wording;

namespace SlmPlanner.Planner.Web.Calibration;

/// <summary>Two runs side by side, of one device or of two: every rate as a point, every number in a table.</summary>
internal static class ComparisonView
{
    /// <summary>The page.</summary>
    public static IResult Page(HistoryEntry before, HistoryEntry after)
    {
        var changes = HistoryComparison.Compare(before, after);
        var title = $"{Name(before)} and {Name(after)}";
        return Layout.Page(title, Html.Of($"""
            <header><p class="kicker"><a href="/calibration">Calibration</a></p><h1>{title}</h1></header>
            <main>
            {HtmlMarkChart.Render(Chart(before, after, changes))}
            {HtmlTable.Render(Table(before, after, changes))}
            </main>
            """));
    }

    private static MarkChart Chart(HistoryEntry before, HistoryEntry after, IReadOnlyList<NumberChange> changes)
    {
        var rates = changes.Where(change => change.Change is not null
            && change.Name.EndsWith(HistoryComparison.RateSuffix, StringComparison.Ordinal)).ToArray();
        var faster = rates.Count(rate => rate.Change > 0);
        return new()
        {
            Name = "rates",
            Title = "Rates of micro-benchmarks: above one, the second run was faster",
            Caption = $"{Name(after)} is faster than {Name(before)} in {faster} of {rates.Length} micro-benchmarks.",
            X = new($"rate in {Name(before)}, per second (log scale)", AxisScale.Log, Readable.Count),
            Y = new("second run over first", AxisScale.FromZero, Readable.Number),
            Limits = [new(IsVertical: false, 1, "as fast")],
            Groups =
            [
                .. rates.GroupBy(rate => rate.Name.Split(' ')[0]).Select(group => new MarkGroup(
                    group.Key,
                    [.. group.Select(rate => new Mark(new(rate.Before!.Value, 1 + rate.Change!.Value),
                        $"{rate.Name[..^HistoryComparison.RateSuffix.Length]}: {Share(rate)}"))],
                    IsJoined: false)),
            ],
        };
    }

    private static ReportTable Table(HistoryEntry before, HistoryEntry after, IReadOnlyList<NumberChange> changes) =>
        ReportTable.Of<NumberChange>(
        "Every number of either run",
        changes,
        new("number", change => change.Name),
        new(Name(before), change => Number(change.Before), IsNumber: true),
        new(Name(after), change => Number(change.After), IsNumber: true),
        new("change", Share, IsNumber: true));

    private static string Name(HistoryEntry entry) => $"Run {entry.Id.ToString(CultureInfo.InvariantCulture)} ({entry.Device})";

    private static string Number(double? value) => value is { } number ? Readable.Count(number) : Readable.Missing;

    private static string Share(NumberChange change) =>
        change.Change is { } share ? share.ToString("+0.0 %;-0.0 %", CultureInfo.InvariantCulture) : Readable.Missing;
}
