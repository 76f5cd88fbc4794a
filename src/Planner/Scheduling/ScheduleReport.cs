using System.Globalization;
using SlmPlanner.Core.Findings;
using SlmPlanner.Core.Planning.Scheduling;

namespace SlmPlanner.Planner.Scheduling;

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
    public static ScheduleReport Of(Fleet fleet, ScheduleProblem problem, Schedule schedule) => new()
    {
        Fleet = $"{fleet.Nodes} machines of {fleet.GpusPerNode} x {fleet.Gpu}",
        HorizonH = problem.HorizonMinutes / 60.0,
        MakespanH = schedule.MakespanMinutes / 60.0,
        MakespanBoundH = schedule.MakespanBoundMinutes / 60.0,
        Optimal = schedule.Optimal,
        UsedShare = schedule.Jobs.Sum(job => (double)job.Gpus * (job.EndMinute - job.StartMinute)) / Math.Max(1.0, (double)fleet.Gpus * schedule.MakespanMinutes),
        Jobs = [.. schedule.Jobs.Select(ScheduleRow.Of), .. schedule.LeftOut.Select(ScheduleRow.OfLeftOut)],
        Findings = [Summary(schedule), .. schedule.LeftOut.Select(name => LeftOut(problem, name))],
    };

    private static Finding Summary(Schedule schedule) => new(Severity.Hint, "schedule", string.Create(
        CultureInfo.InvariantCulture,
        $"{schedule.Jobs.Count} of {schedule.Jobs.Count + schedule.LeftOut.Count} jobs end within {schedule.MakespanMinutes / 60.0:N1} h; no schedule of them ends before {schedule.MakespanBoundMinutes / 60.0:N1} h{(schedule.Optimal ? ", and no other choice of jobs is worth more" : "; the search stopped before it could prove the choice best")}."));

    private static Finding LeftOut(ScheduleProblem problem, string name)
    {
        var modes = problem.Jobs.First(job => job.Name == name).Modes;
        if (modes.Count == 0)
            return new(Severity.Warning, "job-does-not-fit", $"Job {name} fits no number of these devices in memory.");
        var fastest = modes.MinBy(mode => mode.Minutes)!;
        return new(Severity.Warning, "job-left-out", string.Create(CultureInfo.InvariantCulture,
            $"Job {name} is left out: alone on {fastest.Gpus} devices it takes {fastest.Minutes / 60.0:N1} h of the {problem.HorizonMinutes / 60.0:N1} h."));
    }
}
