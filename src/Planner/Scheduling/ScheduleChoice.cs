using Google.OrTools.Sat;
using SlmPlanner.Core.Planning.Scheduling;

namespace SlmPlanner.Planner.Scheduling;

/// <summary>One job in one of its modes, as variables of the solver.</summary>
/// <param name="Job">The job.</param>
/// <param name="Mode">The mode.</param>
/// <param name="Taken">True when the job runs in this mode.</param>
/// <param name="Start">Start in minutes.</param>
/// <param name="OnNode">For each machine, whether the job uses it in this mode.</param>
internal sealed record ScheduleChoice(Job Job, JobMode Mode, BoolVar Taken, IntVar Start, IReadOnlyList<BoolVar> OnNode)
{
    /// <summary>Where the solver put it.</summary>
    public ScheduledJob Read(CpSolver solver)
    {
        var start = (int)solver.Value(Start);
        var nodes = Enumerable.Range(0, OnNode.Count).Where(node => solver.BooleanValue(OnNode[node]));
        return new(Job.Name, Mode.Gpus, [.. nodes], start, start + Mode.Minutes);
    }
}
