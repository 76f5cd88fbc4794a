using SlmPlanner.Core.Findings;

namespace SlmPlanner.Core.Planning.Scheduling;

/// <summary>How many jobs are scheduled, and how good the schedule is known to be.</summary>
/// <param name="Scheduled">Jobs scheduled.</param>
/// <param name="Jobs">Jobs asked for.</param>
/// <param name="MakespanMinutes">End of the last job.</param>
/// <param name="BoundMinutes">No schedule of the same jobs ends earlier.</param>
/// <param name="Optimal">True when no other choice of jobs is worth more.</param>
public sealed record ScheduleSummary(int Scheduled, int Jobs, int MakespanMinutes, int BoundMinutes, bool Optimal)
    : Finding(Severity.Hint, "schedule");

/// <summary>A job that is left out.</summary>
/// <param name="Job">Its name.</param>
/// <param name="Fastest">Its fastest way to run; null when it fits no number of devices.</param>
/// <param name="HorizonMinutes">Time at hand.</param>
public sealed record JobLeftOut(string Job, JobMode? Fastest, int HorizonMinutes) : Finding(Severity.Warning, "job-left-out");

/// <summary>What a reader of a schedule should know.</summary>
public static class ScheduleFindings
{
    /// <summary>The summary.</summary>
    public static ScheduleSummary Summary(Schedule schedule) => new(
        schedule.Jobs.Count, schedule.Jobs.Count + schedule.LeftOut.Count, schedule.MakespanMinutes, schedule.MakespanBoundMinutes,
        schedule.Optimal);

    /// <summary>The jobs left out, in their order.</summary>
    public static IReadOnlyList<JobLeftOut> LeftOut(ScheduleProblem problem, Schedule schedule) =>
        [.. schedule.LeftOut.Select(name => new JobLeftOut(
            name, problem.Jobs.First(job => job.Name == name).Modes.MinBy(mode => mode.Minutes), problem.HorizonMinutes))];

    /// <summary>Share of a fleet's device-minutes up to the last job's end that jobs use, 0..1.</summary>
    public static double UsedShare(Fleet fleet, Schedule schedule) =>
        schedule.Jobs.Sum(job => (double)job.Gpus * (job.EndMinute - job.StartMinute))
        / Math.Max(1.0, (double)fleet.Gpus * schedule.MakespanMinutes);
}
