namespace SlmPlanner.Core.Planning.Scheduling;

/// <summary>A job with its place in a schedule.</summary>
/// <param name="Name">The job.</param>
/// <param name="Gpus">Devices it gets.</param>
/// <param name="Nodes">Machines it runs on, counted from 0.</param>
/// <param name="StartMinute">Start.</param>
/// <param name="EndMinute">End.</param>
public sealed record ScheduledJob(string Name, int Gpus, IReadOnlyList<int> Nodes, int StartMinute, int EndMinute);
