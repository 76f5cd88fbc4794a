using SlmPlanner.Presentation.Charts;
using SlmPlanner.Presentation.Wording;

namespace SlmPlanner.Presentation.Schedules;

/// <summary>Jobs of a schedule as bars from their start to their end; those left out as a text in place of a bar.</summary>
internal static class ScheduleChart
{
    private const double HoursPerDay = 24;

    /// <summary>The chart, or null when no job is scheduled: there is no end to draw then.</summary>
    public static Chart? Of(ScheduleReport report)
    {
        return report.Jobs.All(job => job.EndH is null) ? null : new BarChart
        {
            Name = "schedule",
            Title = $"Schedule on {report.Fleet}",
            Caption = string.Join(' ', report.Findings.Select(FindingWords.Of)),
            X = new("days from the start", AxisScale.FromZero, Readable.Number),
            Rows = [.. report.Jobs.Select(job => new BarRow(
                job.Job, (job.StartH ?? 0) / HoursPerDay, (job.EndH ?? 0) / HoursPerDay, Text(job), Palette.Blue))],
            Limits = [new(IsVertical: true, report.HorizonH / HoursPerDay, $"{Readable.Hours(report.HorizonH)} at hand")],
        };
    }

    private static string Text(ScheduleRow job) => job switch
    {
        { EndH: null } => "left out",
        { Gpus: 1 } => "1 GPU",
        _ => $"{job.Gpus} GPUs",
    };
}
