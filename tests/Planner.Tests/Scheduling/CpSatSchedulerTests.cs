using CsCheck;
using SlmPlanner.Core.Planning.Scheduling;
using SlmPlanner.Planner.Scheduling;

namespace SlmPlanner.Planner.Tests.Scheduling;

public sealed class CpSatSchedulerTests
{
    private static readonly CpSatScheduler Scheduler = new(seed: 1);

    /// <summary>
    /// One to three jobs on one or two machines; each job on some of 1, half a machine, a machine and all machines, not always faster on
    /// more.
    /// </summary>
    private static readonly Gen<ScheduleProblem> Problems =
        Gen.Select(Gen.Int[1, 2], Gen.Int[0, 2].Select(power => 1 << power), Gen.Int[2, 12],
            Gen.Select(Gen.Int[1, 3], Gen.Int[1, 9].Array[4], Gen.Int[1, 15]).Array[1, 3])
            .Select((nodes, perNode, horizon, jobs) => new ScheduleProblem(nodes, perNode, horizon,
                [.. jobs.Select((job, i) => new Job($"job{i}", job.Item1, Modes(nodes, perNode, job.Item2, job.Item3)))]));

    private static List<JobMode> Modes(int nodes, int perNode, int[] minutes, int subset) =>
        [.. new[] { 1, Math.Max(1, perNode / 2), perNode, nodes * perNode }
            .Select((gpus, i) => (Mode: new JobMode(gpus, minutes[i]), Taken: (subset >> i & 1) == 1))
            .Where(pair => pair.Taken).Select(pair => pair.Mode).DistinctBy(mode => mode.Gpus)];

    [Fact]
    public void The_schedule_is_as_good_as_trying_everything() => Problems.Sample(
        problem =>
        {
            var schedule = Scheduler.Solve(problem);
            return schedule.Optimal && (schedule.Value, schedule.MakespanMinutes,
                schedule.Jobs.Sum(job => job.EndMinute)) == BruteForce.Best(problem);
        },
        iter: 60);

    [Fact]
    public void No_machine_is_ever_asked_for_more_devices_than_it_has() => Problems.Sample(
        problem =>
        {
            var jobs = Scheduler.Solve(problem).Jobs;
            return Enumerable.Range(0, problem.Nodes).All(node => Enumerable.Range(0, problem.HorizonMinutes).All(minute =>
                jobs.Where(job => job.Nodes.Contains(node) && job.StartMinute <= minute && minute < job.EndMinute)
                    .Sum(job => Math.Min(job.Gpus, problem.GpusPerNode)) <= problem.GpusPerNode));
        },
        iter: 40);

    [Fact]
    public void The_bound_never_exceeds_the_makespan() => Problems.Sample(
        problem =>
        {
            var schedule = Scheduler.Solve(problem);
            var scheduled = problem.Jobs.Where(job => !schedule.LeftOut.Contains(job.Name));
            return problem.MakespanBound(scheduled) <= schedule.MakespanMinutes
                && schedule.MakespanBoundMinutes <= schedule.MakespanMinutes;
        },
        iter: 40);

    [Fact]
    public void Jobs_that_need_more_than_the_fleet_or_the_horizon_are_left_out()
    {
        var schedule = Scheduler.Solve(new(1, 8, 100,
            [new("large", 9, [new(16, 10)]), new("long", 9, [new(8, 101)]), new("none", 9, []), new("fits", 1, [new(4, 50)])]));
        Assert.Equal(["large", "long", "none"], schedule.LeftOut);
        Assert.Equal("fits", Assert.Single(schedule.Jobs).Name);
    }

    [Fact]
    public void Two_half_machine_jobs_share_a_machine()
    {
        var schedule = Scheduler.Solve(new(1, 8, 100, [new("a", 1, [new(4, 60)]), new("b", 1, [new(4, 60)])]));
        Assert.Equal(60, schedule.MakespanMinutes);
    }

    [Fact]
    public void The_same_problem_gives_the_same_schedule()
    {
        var problem = new ScheduleProblem(2, 8, 10_000, [.. Enumerable.Range(0, 5).Select(i =>
            new Job($"j{i}", 1, [new(4, 900 + i), new(8, 500 + i), new(16, 300 + i)]))]);
        Assert.Equal(
            Scheduler.Solve(problem).Jobs.Select(job => (job.Name, job.Gpus, job.StartMinute)),
            Scheduler.Solve(problem).Jobs.Select(job => (job.Name, job.Gpus, job.StartMinute)));
    }
}
