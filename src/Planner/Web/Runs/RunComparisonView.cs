using System.Globalization;
using Microsoft.AspNetCore.Http;
using SlmPlanner.Core.Planning.Tracking;
using SlmPlanner.Presentation.Charts;
using SlmPlanner.Presentation.Pages;
using SlmPlanner.Presentation.Tables;
using SlmPlanner.Presentation.Wording;

namespace SlmPlanner.Planner.Web.Runs;

/// <summary>Two runs beside each other: what they were, what they measured, and their curves where both are watched.</summary>
internal static class RunComparisonView
{
    /// <summary>The page.</summary>
    public static IResult Page(RunFigures first, RunFigures second) => Layout.Page($"{first.Name} and {second.Name}", Html.Of($"""
        <header><p class="kicker"><a href="/runs">Runs</a></p><h1><a href="{first.Address}">{first.Name}</a> and <a href="{second.Address}">{second.Name}</a></h1></header>
        <main>
        {HtmlTable.Render(Numbers(first, second))}
        <h2>Curves</h2>
        {Curves(first, second)}
        {HtmlTable.Render(Facts(first, second))}
        </main>
        """));

    private static Html Curves(RunFigures first, RunFigures second) => first.Course.Count == 0 || second.Course.Count == 0
        ? Html.Of($"<p class=\"note\">Curves stand here where both runs have one: a run that was learned before curves were kept gets its own when it is learned again.</p>")
        : Html.Join(((MarkChart[])
        [
            Chart("speed", "Throughput", "tokens per second", AxisScale.FromZero, point => point.TokensPerSecond, Readable.Count, first,
                second),
            Chart("loss", "Training loss", "nats per token", AxisScale.Linear, point => point.Loss, Readable.Number, first, second),
            Chart("spend", "Spent", $"{ShownCurrency.Current.Code} spent", AxisScale.FromZero, point => point.SpentUsd, Readable.Usd, first,
                second),
        ]).Where(chart => chart.Groups.All(group => group.Marks.Count > 0)).Select(HtmlMarkChart.Render));

    private static MarkChart Chart(
        string name, string title, string unit, AxisScale scale,
        Func<CoursePoint, double> value, Func<double, string> read, RunFigures first, RunFigures second) => new()
    {
        Name = name,
        Title = title,
        Caption = "By tokens done, so that runs of different length stand beside each other.",
        X = new("tokens done", AxisScale.FromZero, Readable.Count),
        Y = new(unit, scale, read),
        Groups =
        [
            .. ((RunFigures[])[first, second]).Select(run => new MarkGroup(run.Name,
            [
                .. run.Course.Where(point => double.IsFinite(value(point))).Select(point => new Mark(
                    new(point.Tokens, value(point)), $"{run.Name}, step {Readable.Whole(point.Step)}: {read(value(point))}",
                    MarkKind.Sample)),
            ], IsJoined: true)),
        ],
    };

    private static ReportTable Numbers(RunFigures first, RunFigures second) => ReportTable.Of<(string Name, Func<double, string> Read)>(
        "What they measured",
        first.Numbers.Concat(second.Numbers).Select(number => (number.Name, number.Read)).DistinctBy(number => number.Name),
        new("number", number => number.Name),
        new(first.Name, number => Find(first, number.Name) is { } value ? number.Read(value) : Readable.Missing, IsNumber: true),
        new(second.Name, number => Find(second, number.Name) is { } value ? number.Read(value) : Readable.Missing, IsNumber: true),
        new("second over first", number => Find(first, number.Name) is > 0 and var before && Find(second, number.Name) is { } after
            ? (after / before).ToString("0.00", CultureInfo.InvariantCulture) : Readable.Missing, IsNumber: true));

    private static ReportTable Facts(RunFigures first, RunFigures second) => ReportTable.Of<string>(
        "What they were",
        first.Facts.Concat(second.Facts).Select(fact => fact.Name).Distinct(StringComparer.Ordinal),
        new("fact", name => name),
        new(first.Name, name => Fact(first, name)),
        new(second.Name, name => Fact(second, name)),
        new("alike", name => Fact(first, name) == Fact(second, name) ? "yes" : "no"));

    private static double? Find(RunFigures run, string name) =>
        run.Numbers.Where(number => number.Name == name).Select(number => (double?)number.Value).FirstOrDefault();

    private static string Fact(RunFigures run, string name) =>
        run.Facts.Where(fact => fact.Name == name).Select(fact => fact.Value).FirstOrDefault() ?? Readable.Missing;
}
