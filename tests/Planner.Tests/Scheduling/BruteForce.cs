using SlmPlanner.Core.Planning.Scheduling;

namespace SlmPlanner.Planner.Tests.Scheduling;

/// <summary>
/// The best points, then the earliest end, then the least sum of ends, by trying everything: every order of the jobs, each left out or run
/// in each mode on each set of machines, started as early as what is placed already allows. For these objectives one of those schedules is
/// optimal.
/// </summary>
internal static class BruteForce
{
    public static (int Value, int Makespan, int Ends) Best(ScheduleProblem problem)
    {
        var best = (Value: 0, Makespan: 0, Ends: 0);
        foreach (var order in Permutations([.. problem.Jobs]))
            Place(problem, order, 0, [], 0, ref best);
        return best;
    }

    private static void Place(
        ScheduleProblem problem, Job[] order, int next, List<(JobMode Mode, int[] Nodes, int Start)> placed, int value,
        ref (int Value, int Makespan, int Ends) best)
    {
        if (next == order.Length)
        {
            var makespan = placed.Select(entry => entry.Start + entry.Mode.Minutes).DefaultIfEmpty(0).Max();
            var ends = placed.Sum(entry => entry.Start + entry.Mode.Minutes);
            if ((-value, makespan, ends).CompareTo((-best.Value, best.Makespan, best.Ends)) < 0)
                best = (value, makespan, ends);
            return;
        }

        Place(problem, order, next + 1, placed, value, ref best);
        foreach (var mode in order[next].Modes)
        {
            foreach (var nodes in Subsets(problem.Nodes, problem.NodesOf(mode)))
            {
                var start = Enumerable.Range(0, problem.HorizonMinutes + 1).First(minute => Fits(problem, placed, mode, nodes, minute));
                if (start + mode.Minutes > problem.HorizonMinutes)
                    continue;
                placed.Add((mode, nodes, start));
                Place(problem, order, next + 1, placed, value + order[next].Value, ref best);
                placed.RemoveAt(placed.Count - 1);
            }
        }
    }

    private static bool Fits(ScheduleProblem problem, List<(JobMode Mode, int[] Nodes, int Start)> placed, JobMode mode, int[] nodes,
        int start) =>
        nodes.All(node => Enumerable.Range(start, mode.Minutes).All(minute =>
            placed.Where(entry => entry.Nodes.Contains(node) && entry.Start <= minute && minute < entry.Start + entry.Mode.Minutes)
                .Sum(entry => problem.GpusOnNode(entry.Mode)) + problem.GpusOnNode(mode) <= problem.GpusPerNode));

    private static IEnumerable<int[]> Subsets(int of, int size) =>
        Enumerable.Range(0, 1 << of)
            .Where(bits => int.PopCount(bits) == size)
            .Select(bits => Enumerable.Range(0, of).Where(node => (bits >> node & 1) == 1).ToArray());

    private static IEnumerable<Job[]> Permutations(Job[] jobs) =>
        jobs.Length <= 1 ? [jobs] : jobs.SelectMany(first => Permutations([.. jobs.Where(job => job != first)])
            .Select(rest => (Job[])[first, .. rest]));
}
