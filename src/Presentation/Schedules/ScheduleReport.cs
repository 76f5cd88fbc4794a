using SlmPlanner.Core.Findings;
using SlmPlanner.Core.Planning.Scheduling;
using SlmPlanner.Core.Text;

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
    public static ScheduleReport Of(Fleet fleet, ScheduleProblem problem, Schedule schedule) => new()
    {
        Fleet = $"{fleet.Nodes} machines of {fleet.GpusPerNode} x {fleet.Gpu}",
        HorizonH = problem.HorizonMinutes / 60.0,
        MakespanH = schedule.MakespanMinutes / 60.0,
        MakespanBoundH = schedule.MakespanBoundMinutes / 60.0,
        Optimal = schedule.Optimal,
        UsedShare = schedule.Jobs.Sum(job => (double)job.Gpus * (job.EndMinute - job.StartMinute)) / Math.Max(1.0, (double)fleet.Gpus * schedule.MakespanMinutes),
        Jobs = [.. schedule.Jobs.Select(ScheduleRow.Of), .. schedule.LeftOut.Select(name => ScheduleRow.OfLeftOut(name, Reason(problem, name)))],
        Findings = [Summary(schedule), .. schedule.LeftOut.Select(name => new Finding(Severity.Warning, "job-left-out", $"Job {name} is left out: {Reason(problem, name)}."))],
    };

    private static Finding Summary(Schedule schedule) => new(Severity.Hint, "schedule",
        $"{schedule.Jobs.Count} of {schedule.Jobs.Count + schedule.LeftOut.Count} jobs end within {Hours(schedule.MakespanMinutes)}; no schedule of them ends before {Hours(schedule.MakespanBoundMinutes)}{(schedule.Optimal ? ", and no other choice of jobs is worth more" : "; the search stopped before it could prove the choice best")}.");

    private static string Reason(ScheduleProblem problem, string name)
    {
        var modes = problem.Jobs.First(job => job.Name == name).Modes;
        if (modes.Count == 0)
            return "it fits no number of these devices in memory";
        var fastest = modes.MinBy(mode => mode.Minutes)!;
        var alone = $"alone on {fastest.Gpus} devices, its fastest, it takes {Hours(fastest.Minutes)} of the {Hours(problem.HorizonMinutes)} at hand";
        return fastest.Minutes > problem.HorizonMinutes ? alone : $"{alone}, and the jobs chosen are worth more together";
    }

    private static string Hours(int minutes) => Readable.Hours(minutes / 60.0);
}
