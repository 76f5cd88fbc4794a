using System.Globalization;
using SlmPlanner.Core.Findings;
using SlmPlanner.Data.History;
using SlmPlanner.Presentation.Charts;
using SlmPlanner.Presentation.Pages;
using SlmPlanner.Presentation.Tables;
using SlmPlanner.Presentation.Wording;

namespace SlmPlanner.Planner.Web.Calibration;

/// <summary>Calibrated machines by device: each beside the others of its kind, and over time.</summary>
internal static class FleetView
{
    /// <summary>A table, and a chart for each device that was calibrated more than once.</summary>
    /// <param name="runs">Past runs, oldest first, at least one.</param>
    public static Html Render(IReadOnlyList<HistoryEntry> runs) => Html.Of($"""
        {HtmlTable.Render(Table(Fleet.Of(runs)))}
        {Charts(runs).Select(chart => HtmlMarkChart.Render(chart, ChartSize.Wide))}
        """);

    /// <summary>Warnings about machines that stand out among their siblings.</summary>
    public static IEnumerable<Finding> Warnings(IReadOnlyList<HistoryEntry> runs) =>
        Fleet.Of(runs).Select(machine => machine.Warning).OfType<Finding>();

    private static IEnumerable<MarkChart> Charts(IReadOnlyList<HistoryEntry> runs) => Fleet.Courses(runs).GroupBy(course => course.Device)
        .Where(kind => kind.Sum(course => course.Points.Count) > 1).Select((kind, place) => Chart(kind.Key, place, [.. kind]));

    private static ReportTable Table(IReadOnlyList<MachineStanding> machines) => ReportTable.Of<MachineStanding>(
        "Machines by device, the slowest first; speeds are median rates of micro-benchmarks beside the median machine of the device",
        machines,
        new("Machine", machine => machine.Machine),
        new("Device", machine => machine.Device),
        new("Runs", machine => Readable.Whole(machine.Runs), IsNumber: true),
        new("Latest", machine => Day(machine.Latest)),
        new("Speed", machine => Share(machine.Speed), IsNumber: true),
        new("Multiplies", machine => Share(machine.ComputeSpeed), IsNumber: true),
        new("Memory", machine => Share(machine.MemorySpeed), IsNumber: true),
        new("Since its first run", machine => machine.Drift is { } drift
            ? drift.ToString("+0.0 %;-0.0 %;0.0 %", CultureInfo.InvariantCulture) : Readable.Missing, IsNumber: true),
        new("Held-out error", machine => Share(machine.HeldOutError), IsNumber: true));

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

    private static string Share(double? share) => share is { } known ? Readable.Percent(known) : Readable.Missing;

    private static string Number(long run) => run.ToString(CultureInfo.InvariantCulture);

    private static string Day(DateTimeOffset at) => Readable.Date(DateOnly.FromDateTime(at.UtcDateTime));
}
