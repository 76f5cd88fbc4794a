using BenchmarkDotNet.Attributes;
using SlmPlanner.Core.Planning.Search;
using SlmPlanner.Core.Training;

namespace SlmPlanner.Search.Benchmarks;

/// <summary>
/// The inner loop on one core: memory, step time with its spread, and cost and duration of the run with their
/// quantiles, of one candidate on one offer. Nothing is shared between candidates.
/// </summary>
[MemoryDiagnoser]
public class EvaluationBenchmarks
{
    private const int Candidates = 1024;
    private readonly TrainingSetup[] _setups = new TrainingSetup[Candidates];
    private SetupEvaluator _evaluator = null!;
    private RunPricing _pricing = null!;
    private SearchGoal _goal = null!;

    /// <summary>Takes the setups of a cluster of eight devices in turn.</summary>
    [GlobalSetup]
    public void TakeSetups()
    {
        var (request, inputs) = (ShippedCatalog.Request, ShippedCatalog.Inputs);
        _goal = SearchGoal.Of(request, inputs);
        var offered = CandidateSpace.Of(request, inputs).Platforms.First(offered => offered.Platform.GpusPerNode == 8);
        _evaluator = PlanSearch.Evaluator(request, _goal, offered.Platform, inputs.MemoryOf(_goal.Model, offered.Platform.Device, request),
            inputs);
        _pricing = _goal.PricingOn(offered.Offers[0], nodes: 1);
        var grid = MicroBatchGrid.Of(request, gpus: 8);
        var setups = SetupFamilies.Of(request, offered.Platform, nodes: 1, compile: false)
            .SelectMany(family => grid.Points.Select(point => family with { MicroBatch = point.MicroBatch, GradAccum = point.GradAccum }))
            .ToList();
        for (var i = 0; i < Candidates; i++)
            _setups[i] = setups[i % setups.Count];
    }

    [Benchmark(OperationsPerInvoke = Candidates, Description = "one candidate: memory + time + cost")]
    public double MemoryTimeAndCost()
    {
        var sum = 0.0;
        for (var i = 0; i < Candidates; i++)
        {
            var priced = _pricing.Price(_evaluator.Evaluate(_setups[i]), i, _goal.Tokens, _goal.Limits.Deviations);
            sum += priced.LimitCostUsd;
        }
        return sum;
    }

    [Benchmark(OperationsPerInvoke = Candidates, Description = "memory alone")]
    public double Memory()
    {
        var sum = 0.0;
        foreach (var setup in _setups)
            sum += _evaluator.MemoryBytes(setup);
        return sum;
    }

    [Benchmark(OperationsPerInvoke = Candidates, Description = "memory + time")]
    public double MemoryAndTime()
    {
        var sum = 0.0;
        foreach (var setup in _setups)
            sum += _evaluator.Evaluate(setup).StepSeconds;
        return sum;
    }
}
