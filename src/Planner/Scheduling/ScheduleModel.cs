using Google.OrTools.Sat;
using SlmPlanner.Core.Planning.Scheduling;

namespace SlmPlanner.Planner.Scheduling;

/// <summary>A <see cref="ScheduleProblem"/> as constraints.</summary>
internal sealed class ScheduleModel
{
    private readonly ScheduleProblem _problem;
    private readonly CumulativeConstraint[] _nodes;
    private readonly IntVar _makespan;
    private readonly LinearExpr _value;
    private readonly List<IntVar> _ends = [];

    /// <summary>States the problem.</summary>
    public ScheduleModel(ScheduleProblem problem)
    {
        _problem = problem;
        _makespan = Model.NewIntVar(0, problem.HorizonMinutes, "makespan");
        _nodes = [.. Enumerable.Range(0, problem.Nodes).Select(_ => Model.AddCumulative(problem.GpusPerNode))];
        Choices = [.. problem.Jobs.SelectMany(Choose)];
        _value = LinearExpr.WeightedSum(Choices.Select(choice => choice.Taken), Choices.Select(choice => (long)choice.Job.Value));
        Model.Maximize(_value * (problem.HorizonMinutes + 1L) - _makespan);
    }

    /// <summary>The constraints and the objective.</summary>
    public CpModel Model { get; } = new();

    /// <summary>Every job in every mode that fits the fleet and the horizon.</summary>
    public IReadOnlyList<ScheduleChoice> Choices { get; }

    /// <summary>Asks, after a first solution, for the one of as many points and no later an end whose jobs end soonest in sum.</summary>
    /// <param name="first">The solver that holds the first solution.</param>
    public void AskForSoonestEnds(CpSolver first)
    {
        Model.Add(_value >= first.Value(_value));
        Model.Add(_makespan <= first.Value(_makespan));
        foreach (var choice in Choices)
        {
            Model.AddHint(choice.Taken, first.Value(choice.Taken));
            Model.AddHint(choice.Start, first.Value(choice.Start));
            foreach (var used in choice.OnNode)
                Model.AddHint(used, first.Value(used));
        }
        Model.Minimize(LinearExpr.Sum(_ends));
    }

    private List<ScheduleChoice> Choose(Job job)
    {
        var end = Model.NewIntVar(0, _problem.HorizonMinutes, $"{job.Name}/end");
        Model.Add(_makespan >= end);
        _ends.Add(end);
        var choices = job.Modes
            .Where(mode => mode.Minutes <= _problem.HorizonMinutes && _problem.NodesOf(mode) <= _problem.Nodes)
            .Select(mode => Choice(job, mode, end))
            .ToList();
        Model.AddAtMostOne(choices.Select(choice => choice.Taken));
        return choices;
    }

    private ScheduleChoice Choice(Job job, JobMode mode, IntVar end)
    {
        var name = $"{job.Name}/{mode.Gpus}";
        var taken = Model.NewBoolVar(name);
        var start = Model.NewIntVar(0, _problem.HorizonMinutes - mode.Minutes, name + "/start");
        var onNode = Enumerable.Range(0, _problem.Nodes).Select(node => Model.NewBoolVar($"{name}/node{node}")).ToList();
        Model.Add(LinearExpr.Sum(onNode) == taken * _problem.NodesOf(mode));
        for (var node = 0; node < onNode.Count; node++)
        {
            var interval = Model.NewOptionalFixedSizeIntervalVar(start, mode.Minutes, onNode[node], $"{name}/on{node}");
            _nodes[node].AddDemand(interval, _problem.GpusOnNode(mode));
        }

        Model.Add(end >= start + mode.Minutes).OnlyEnforceIf(taken);
        return new(job, mode, taken, start, onNode);
    }
}
