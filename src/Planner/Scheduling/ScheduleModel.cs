using Google.OrTools.Sat;
using SlmPlanner.Core.Planning.Scheduling;

namespace SlmPlanner.Planner.Scheduling;

/// <summary>A <see cref="ScheduleProblem"/> as constraints.</summary>
internal sealed class ScheduleModel
{
    private readonly ScheduleProblem _problem;
    private readonly CumulativeConstraint[] _nodes;
    private readonly IntVar _makespan;

    /// <summary>States the problem.</summary>
    public ScheduleModel(ScheduleProblem problem)
    {
        _problem = problem;
        _makespan = Model.NewIntVar(0, problem.HorizonMinutes, "makespan");
        _nodes = [.. Enumerable.Range(0, problem.Nodes).Select(_ => Model.AddCumulative(problem.GpusPerNode))];
        Choices = [.. problem.Jobs.SelectMany(Choose)];
        var value = LinearExpr.WeightedSum(Choices.Select(choice => choice.Taken), Choices.Select(choice => (long)choice.Job.Value));
        Model.Maximize(value * (problem.HorizonMinutes + 1L) - _makespan);
    }

    /// <summary>The constraints and the objective.</summary>
    public CpModel Model { get; } = new();

    /// <summary>Every job in every mode that fits the fleet and the horizon.</summary>
    public IReadOnlyList<ScheduleChoice> Choices { get; }

    private List<ScheduleChoice> Choose(Job job)
    {
        var choices = job.Modes
            .Where(mode => mode.Minutes <= _problem.HorizonMinutes && _problem.NodesOf(mode) <= _problem.Nodes)
            .Select(mode => Choice(job, mode))
            .ToList();
        Model.AddAtMostOne(choices.Select(choice => choice.Taken));
        return choices;
    }

    private ScheduleChoice Choice(Job job, JobMode mode)
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

        Model.Add(_makespan >= start + mode.Minutes).OnlyEnforceIf(taken);
        return new(job, mode, taken, start, onNode);
    }
}
