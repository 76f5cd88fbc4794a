using Google.OrTools.Sat;
using SlmPlanner.Core.Planning.Scheduling;

namespace SlmPlanner.Planner.Scheduling;

/// <summary>
/// Solves a <see cref="ScheduleProblem"/> with OR-Tools CP-SAT: one optional interval per job, mode and machine, all of a
/// job's intervals starting together, and one cumulative constraint per machine. Maximises points first, then ends
/// earliest; of those schedules it looks for the one whose jobs end soonest in sum. One worker and a deterministic time limit: the same
/// problem and seed give the same schedule.
/// </summary>
internal sealed class CpSatScheduler(int seed, double deterministicSeconds = CpSatScheduler.DefaultDeterministicSeconds)
{
    /// <summary>Work after which the best schedule so far is taken, in the solver's own deterministic seconds.</summary>
    public const double DefaultDeterministicSeconds = 20;

    /// <summary>The best schedule found.</summary>
    public Schedule Solve(ScheduleProblem problem)
    {
        var model = new ScheduleModel(problem);
        var first = Solver(deterministicSeconds);
        var status = first.Solve(model.Model);
        if (!Solved(status))
            throw new InvalidOperationException($"the solver ended with {status} on a problem that the empty schedule solves");
        model.AskForSoonestEnds(first);
        var second = Solver(deterministicSeconds / 4);
        return Read(problem, model, Solved(second.Solve(model.Model)) ? second : first, status == CpSolverStatus.Optimal);
    }

    private CpSolver Solver(double seconds) => new()
    {
        StringParameters = FormattableString.Invariant($"num_workers:1, random_seed:{seed}, max_deterministic_time:{seconds}"),
    };

    private static bool Solved(CpSolverStatus status) => status is CpSolverStatus.Optimal or CpSolverStatus.Feasible;

    private static Schedule Read(ScheduleProblem problem, ScheduleModel model, CpSolver solver, bool optimal)
    {
        var chosen = model.Choices.Where(choice => solver.BooleanValue(choice.Taken)).ToList();
        var jobs = chosen
            .Select(choice => choice.Read(solver))
            .OrderBy(job => job.StartMinute)
            .ThenBy(job => job.Name, StringComparer.Ordinal)
            .ToList();
        var makespan = jobs.Select(job => job.EndMinute).DefaultIfEmpty(0).Max();
        var scheduled = chosen.Select(choice => choice.Job).ToList();
        var bound = optimal ? makespan : problem.MakespanBound(scheduled);
        return new(
            jobs,
            [.. problem.Jobs.Except(scheduled).Select(job => job.Name)],
            scheduled.Sum(job => job.Value),
            makespan,
            bound,
            optimal);
    }
}
