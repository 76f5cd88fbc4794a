using System.Globalization;
using Microsoft.AspNetCore.Http;
using SlmPlanner.Data.History;
using SlmPlanner.Presentation.Pages;
using SlmPlanner.Presentation.Tables;
using SlmPlanner.Presentation.Wording;

namespace SlmPlanner.Planner.Web.Calibration;

/// <summary>One past run: what it was, the coefficients it fitted, the rates it measured.</summary>
internal static class RunView
{
    /// <summary>The page.</summary>
    public static IResult Page(HistoryEntry entry)
    {
        var numbers = entry.Numbers.OrderBy(number => number.Key, StringComparer.Ordinal).ToArray();
        var title = $"Run {entry.Id.ToString(CultureInfo.InvariantCulture)}: {entry.Device}";
        return Layout.Page(title, Html.Of($"""
            <header><p class="kicker"><a href="/calibration">Calibration</a></p><h1>{title}</h1></header>
            <main>
            {HtmlTable.Render(Facts(entry))}
            {HtmlTable.Render(Table("Coefficients of its own", "value", numbers.Where(number => !IsRate(number.Key)), value => value.ToString("G4", CultureInfo.InvariantCulture)))}
            {HtmlTable.Render(Table("Rates of its micro-benchmarks", "per second", numbers.Where(number => IsRate(number.Key)), Readable.Count))}
            </main>
            """));
    }

    private static bool IsRate(string name) => name.EndsWith(HistoryComparison.RateSuffix, StringComparison.Ordinal);

    private static ReportTable Facts(HistoryEntry entry) => ReportTable.Of<(string Name, string Value)>(
        "The run",
        [
            ("ended", entry.At.ToString("u", CultureInfo.InvariantCulture)),
            ("machine", entry.Machine),
            ("made by", entry.Versions),
            ("settings", entry.Settings),
            ("bursts", Readable.Whole(entry.Bursts)),
            ("mean error of step time, bursts held back", entry.HeldOutError is { } error ? Readable.Percent(error) : Readable.Missing),
        ],
        new("what", fact => fact.Name),
        new("value", fact => fact.Value));

    private static ReportTable Table(string title, string unit,
        IEnumerable<KeyValuePair<string, double>> numbers, Func<double, string> format) =>
        ReportTable.Of(title, numbers,
            new("name", number => number.Key.EndsWith(HistoryComparison.RateSuffix, StringComparison.Ordinal)
                ? number.Key[..^HistoryComparison.RateSuffix.Length] : number.Key),
            new TableColumn<KeyValuePair<string, double>>(unit, number => format(number.Value), IsNumber: true));
}
