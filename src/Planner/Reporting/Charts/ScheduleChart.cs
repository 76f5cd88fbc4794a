using SlmPlanner.Planner.Scheduling;
using SlmPlanner.Presentation.Charts;
using SlmPlanner.Presentation.Formatting;

namespace SlmPlanner.Planner.Reporting.Charts;

/// <summary>Jobs of a schedule as bars from their start to their end.</summary>
internal static class ScheduleChart
{
    private const double HoursPerDay = 24;

    /// <summary>The chart, or null when no job is scheduled.</summary>
    public static Chart? Of(ScheduleReport report)
    {
        var placed = report.Jobs.Where(job => job.EndH is not null).ToList();
        return placed.Count == 0 ? null : new BarChart
        {
            Name = "schedule",
            Title = $"Schedule on {report.Fleet}",
            Caption = string.Join(' ', report.Findings.Select(finding => finding.Message)),
            X = new("days from the start", AxisScale.FromZero, Readable.Number),
            Rows = [.. placed.Select(job => new BarRow(
                job.Job, job.StartH!.Value / HoursPerDay, job.EndH!.Value / HoursPerDay, job.Gpus == 1 ? "1 GPU" : $"{job.Gpus} GPUs", Palette.Blue))],
            Limits = [new(IsVertical: true, report.HorizonH / HoursPerDay, $"{Readable.Hours(report.HorizonH)} at hand")],
        };
    }
}
