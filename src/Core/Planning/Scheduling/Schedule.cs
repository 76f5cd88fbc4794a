using SlmPlanner.Core.Planning.Results;

namespace SlmPlanner.Core.Planning.Scheduling;

/// <summary>The jobs that fit, in order of start, and what is known about how good the schedule is.</summary>
/// <param name="Jobs">Scheduled jobs.</param>
/// <param name="LeftOut">Names of jobs that do not fit in the horizon.</param>
/// <param name="Value">Points of the scheduled jobs.</param>
/// <param name="MakespanMinutes">End of the last job.</param>
/// <param name="MakespanBoundMinutes">No schedule of the same jobs ends earlier.</param>
/// <param name="Optimal">True when no schedule has more points, or as many and an earlier end.</param>
public sealed record Schedule(
    IReadOnlyList<ScheduledJob> Jobs,
    IReadOnlyList<string> LeftOut,
    int Value,
    int MakespanMinutes,
    int MakespanBoundMinutes,
    bool Optimal);

/// <summary>A job with its place in a schedule.</summary>
/// <param name="Name">The job.</param>
/// <param name="Gpus">Devices it gets.</param>
/// <param name="Nodes">Machines it runs on, counted from 0.</param>
/// <param name="StartMinute">Start.</param>
/// <param name="EndMinute">End.</param>
public sealed record ScheduledJob(string Name, int Gpus, IReadOnlyList<int> Nodes, int StartMinute, int EndMinute);
