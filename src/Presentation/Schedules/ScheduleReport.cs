using SlmPlanner.Core.Findings;
using SlmPlanner.Core.Planning.Scheduling;
using SlmPlanner.Presentation.Wording;

namespace SlmPlanner.Presentation.Schedules;

/// <summary>A schedule in hours, as programs read it.</summary>
internal sealed record ScheduleReport
{
    /// <summary>Version of this format.</summary>
    public int SchemaVersion { get; init; } = 1;

    /// <summary>The fleet as text.</summary>
    public required string Fleet { get; init; }

    /// <summary>Hours at hand.</summary>
    public required double HorizonH { get; init; }

    /// <summary>End of the last job.</summary>
    public required double MakespanH { get; init; }

    /// <summary>No schedule of the same jobs ends earlier.</summary>
    public required double MakespanBoundH { get; init; }

    /// <summary>True when no schedule has more points, or as many and an earlier end.</summary>
    public required bool Optimal { get; init; }

    /// <summary>Share of the fleet's device-hours up to the last job's end that jobs use.</summary>
    public required double UsedShare { get; init; }

    /// <summary>The jobs, in order of start.</summary>
    public required IReadOnlyList<ScheduleRow> Jobs { get; init; }

    /// <summary>What the reader should know.</summary>
    public required IReadOnlyList<Finding> Findings { get; init; }

    /// <summary>Writes a schedule out.</summary>
    public static ScheduleReport Of(Fleet fleet, ScheduleProblem problem, Schedule schedule)
    {
        var leftOut = ScheduleFindings.LeftOut(problem, schedule);
        return new()
        {
            Fleet = $"{fleet.Nodes} machines of {fleet.GpusPerNode} x {fleet.Gpu}",
            HorizonH = problem.HorizonMinutes / 60.0,
            MakespanH = schedule.MakespanMinutes / 60.0,
            MakespanBoundH = schedule.MakespanBoundMinutes / 60.0,
            Optimal = schedule.Optimal,
            UsedShare = ScheduleFindings.UsedShare(fleet, schedule),
            Jobs = [.. schedule.Jobs.Select(ScheduleRow.Of),
                .. leftOut.Select(job => ScheduleRow.OfLeftOut(job.Job, PlanFindingWords.Why(job)))],
            Findings = [ScheduleFindings.Summary(schedule), .. leftOut],
        };
    }
}

/// <summary>A job's place in a schedule; without devices when it is left out.</summary>
/// <param name="Job">Its name.</param>
/// <param name="Gpus">Devices; null when left out.</param>
/// <param name="Machines">Machines, counted from 0.</param>
/// <param name="StartH">Start, hours.</param>
/// <param name="EndH">End, hours.</param>
/// <param name="LeftOutFor">Why it is left out; null when it is not.</param>
internal sealed record ScheduleRow(string Job, int? Gpus, IReadOnlyList<int> Machines, double? StartH, double? EndH, string? LeftOutFor)
{
    /// <summary>A scheduled job.</summary>
    public static ScheduleRow Of(ScheduledJob job) =>
        new(job.Name, job.Gpus, job.Nodes, job.StartMinute / 60.0, job.EndMinute / 60.0, null);

    /// <summary>A job that is left out.</summary>
    public static ScheduleRow OfLeftOut(string name, string reason) => new(name, null, [], null, null, reason);
}
