using SlmPlanner.Calibrator.Machine;
using SlmPlanner.Calibrator.Runs;
using SlmPlanner.Presentation.Charts;

namespace SlmPlanner.Calibrator.Reporting;

/// <summary>Predicted against measured step times.</summary>
internal static class StepTimeCharts
{
    private const double Tolerance = 0.1;

    /// <summary>Both on logarithmic axes, held-out bursts apart from fitted ones; null with no burst.</summary>
    public static XyChart? Agreement(CalibrationResult result) => result.LeftOut.Count == 0 ? null : Presentation.Charts.Agreement.Of(
        "step-time-agreement", "Step time: predicted against measured", Caption(result), "step time", Text, Groups(result), Tolerance);

    /// <summary>Relative errors over the measured step time; null with no burst.</summary>
    public static XyChart? Residuals(CalibrationResult result) => result.LeftOut.Count == 0 ? null : new XyChart
    {
        Name = "step-time-residuals",
        Title = "Residuals: error of each prediction over the measured step time",
        Caption = "Errors that lean to one side at short or long steps would show a term that the model lacks. Every point is predicted "
            + "by a fit that did not see it.",
        X = new("measured step time", AxisScale.Log, Text),
        Y = new("predicted over measured − 1", AxisScale.Linear, value => $"{value:P0}"),
        Limits = [new(false, 0, "no error")],
        Series =
        [
            .. Named(result).Select((group, index) => new XySeries(
                group.Name, [.. group.Bursts.Select(burst => new XyPoint(burst.MeasuredSeconds, burst.Error))],
                Palette.Of(index)) { LineWidth = 0 }),
        ],
        Labels = [.. Named(result).Select((group, index) => Label(group.Name, group.Bursts.MaxBy(burst => burst.MeasuredSeconds)!, index))],
    };

    private static string Caption(CalibrationResult result)
    {
        var within = result.LeftOut.Concat(result.HeldOut).Average(burst => Math.Abs(burst.Error) <= Tolerance ? 1.0 : 0);
        return $"{within:P0} of all predictions lie within the band of ±{Tolerance:P0}. Every point is predicted by a fit that did not "
            + $"see it: held-out bursts by a fit to the others, the others by ten-fold refits.";
    }

    private static (string Name, IReadOnlyList<XyPoint> Pairs)[] Groups(CalibrationResult result) =>
        [.. Named(result).Select(group => (group.Name,
            (IReadOnlyList<XyPoint>)[.. group.Bursts.Select(burst => new XyPoint(burst.MeasuredSeconds, burst.PredictedSeconds))]))];

    private static IEnumerable<(string Name, IReadOnlyList<ProvedBurst> Bursts)> Named(CalibrationResult result)
    {
        yield return ("left out in turn", result.LeftOut);
        if (result.HeldOut.Count > 0)
            yield return ("held out", result.HeldOut);
    }

    private static PointLabel Label(string name, ProvedBurst burst, int index) =>
        new(new(burst.MeasuredSeconds, burst.Error), name, Palette.TextOf(index));

    private static string Text(double seconds) => seconds >= 1 ? $"{seconds:0.##} s" : $"{seconds * 1e3:0.##} ms";
}
