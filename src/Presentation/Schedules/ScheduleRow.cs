using SlmPlanner.Core.Planning.Scheduling;

namespace SlmPlanner.Presentation.Schedules;

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
    public static ScheduleRow Of(ScheduledJob job) => new(job.Name, job.Gpus, job.Nodes, job.StartMinute / 60.0, job.EndMinute / 60.0, null);

    /// <summary>A job that is left out.</summary>
    public static ScheduleRow OfLeftOut(string name, string reason) => new(name, null, [], null, null, reason);
}
