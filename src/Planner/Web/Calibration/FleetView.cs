using System.Globalization;
using SlmPlanner.Core.Findings;
using SlmPlanner.Core.Prediction;
using SlmPlanner.Data.History;
using SlmPlanner.Presentation.Charts;
using SlmPlanner.Presentation.Fleets;
using SlmPlanner.Presentation.Pages;
using SlmPlanner.Presentation.Wording;

namespace SlmPlanner.Planner.Web.Calibration;

/// <summary>Calibrated machines by device: each beside the others of its kind, and over time.</summary>
internal static class FleetView
{
    /// <summary>A table, and a chart for each device that was calibrated more than once.</summary>
    /// <param name="runs">Past runs, oldest first, at least one.</param>
    public static Html Render(IReadOnlyList<HistoryEntry> runs) => Html.Of($"""
        {HtmlTable.Render(FleetTables.Machines(Fleet.Of(runs)).ToTable())}
        {Charts(runs).Select(HtmlMarkChart.Render)}
        """);

    /// <summary>How fast calibrated devices are beside published rows; nothing where no device with a datasheet was calibrated.</summary>
    public static Html Published(IReadOnlyList<DeviceComparison> devices) => devices.Count == 0 ? default : Html.Of($"""
        <h3>Beside published rows</h3>
        <ul>{devices.Select(device => Html.Of($"<li>{DeviceComparisonWords.Of(device)}</li>\n"))}</ul>
        {HtmlTable.Render(FleetTables.Published(devices).ToTable())}
        """);

    /// <summary>Warnings about machines that stand out among their siblings.</summary>
    public static IEnumerable<Finding> Warnings(IReadOnlyList<HistoryEntry> runs) =>
        Fleet.Of(runs).Select(machine => machine.Warning).OfType<Finding>();

    private static IEnumerable<MarkChart> Charts(IReadOnlyList<HistoryEntry> runs) => Fleet.Courses(runs).GroupBy(course => course.Device)
        .Where(kind => kind.Sum(course => course.Points.Count) > 1).Select((kind, place) => Chart(kind.Key, place, [.. kind]));

    private static MarkChart Chart(string device, int place, MachineCourse[] courses)
    {
        var first = courses.Min(course => course.Points[0].At);
        double Days(DateTimeOffset at) => (at - first).TotalDays;
        var points = courses.SelectMany(course => course.Points).ToArray();
        var (slowest, fastest) = (points.MinBy(point => point.Speed)!, points.MaxBy(point => point.Speed)!);
        return new()
        {
            Name = $"fleet-{place.ToString(CultureInfo.InvariantCulture)}",
            Title = $"{device}: speed at each calibration",
            Caption = $"{Readable.Whole(courses.Length)} {(courses.Length == 1 ? "machine" : "machines")}, "
                + $"{Readable.Whole(points.Length)} calibrations: from {Readable.Percent(slowest.Speed)} (run {Number(slowest.Run)}) to "
                + $"{Readable.Percent(fastest.Speed)} (run {Number(fastest.Run)}) of the median machine's rates as they are now.",
            X = new($"days since {Day(first)}", AxisScale.FromZero, Readable.Number),
            Y = new("speed beside the median machine", AxisScale.FromZero, Readable.Percent),
            Limits = [new(IsVertical: false, 1, "the median machine now")],
            Groups =
            [
                .. courses.OrderBy(course => course.Points[^1].Speed).Select(course => new MarkGroup(
                    course.Machine,
                    [.. course.Points.Select(point => new Mark(new(Days(point.At), point.Speed),
                        $"{course.Machine}, run {Number(point.Run)}, {Day(point.At)}: {Readable.Percent(point.Speed)}"))],
                    IsJoined: true)),
            ],
        };
    }

    private static string Number(long run) => run.ToString(CultureInfo.InvariantCulture);

    private static string Day(DateTimeOffset at) => Readable.Date(DateOnly.FromDateTime(at.UtcDateTime));
}
