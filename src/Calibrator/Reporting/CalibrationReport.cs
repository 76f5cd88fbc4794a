using SlmPlanner.Calibrator.Runs;
using SlmPlanner.Core.Findings;
using SlmPlanner.Presentation.Charts;
using SlmPlanner.Presentation.Pages;
using SlmPlanner.Presentation.Wording;

namespace SlmPlanner.Calibrator.Reporting;

/// <summary>
/// <c>report.html</c> of a calibration: what was measured, how well the profile predicts it, and what the machine can do.
/// </summary>
internal static class CalibrationReport
{
    /// <summary>The page.</summary>
    /// <param name="result">The calibration.</param>
    /// <param name="ending">Why the run ended and what more of it would buy.</param>
    public static string Render(CalibrationResult result, string ending)
    {
        var body = Html.Of($"""
            <header><h1>Calibration of {result.Device.Name}</h1>
            <p>{Headline(result)} The run ended because {ending}.</p></header>
            <main>
            {HtmlTable.Render(CalibrationTables.Machine(result))}
            {Findings(result.Findings)}
            <h2>How well the profile predicts</h2>
            {Figures(StepTimeCharts.Agreement(result), StepTimeCharts.Residuals(result))}
            {HtmlTable.Render(CalibrationTables.HeldOut(result))}
            <h2>What the machine can do</h2>
            {Figures(RooflineChart.Of(result), FlashGainChart.Of(result))}
            {HtmlTable.Render(CalibrationTables.Micro(result))}
            {Ranks(result)}
            <h2>Memory</h2>
            {Figures(MemoryChart.Of(result))}
            {HtmlTable.Render(CalibrationTables.Memory(result))}
            <h2>How busy the machine was</h2>
            {Figures(UtilisationChart.Of(result))}
            </main>
            """);
        return HtmlPage.Render($"Calibration of {result.Device.Name}", body);
    }

    private static Html Ranks(CalibrationResult result) => result.Device.Link is null
        ? default
        : Html.Of($"<h2>How fast ranks exchange data</h2>{HtmlTable.Render(CalibrationTables.Link(result))}");

    private static string Headline(CalibrationResult result) => result.HeldOutError is { } error
        ? $"Step time of the {result.HeldOut.Count} bursts held back is predicted with a mean absolute error of {error:P1} (the rule of "
        + $"thumb, 6ND at one MFU: {result.NaiveError:P0}); {result.Coverage:P0} of them lie in their 90 % interval. "
        + $"{result.State.Fitted.Count} bursts were fitted."
        : $"{result.State.Fitted.Count} bursts were fitted and none held back, so the error is not known.";

    private static Html Findings(IReadOnlyList<Finding> findings) => findings.Count == 0
        ? default
        : Html.Of($"<ul>{findings.Select(finding => Html.Of($"<li><strong>{FindingWords.Severity(finding)}</strong>: {FindingWords.Of(finding)}</li>"))}</ul>");

    private static Html Figures(params Chart?[] charts) => Html.Join(charts.OfType<Chart>().Select(HtmlFigure.Render));
}
