using System.Collections;
using System.Diagnostics.CodeAnalysis;
using SlmPlanner.Core.Economics.Cost;
using SlmPlanner.Core.Planning;
using SlmPlanner.Core.Planning.Requests;
using SlmPlanner.Core.Planning.Search;
using SlmPlanner.Core.Planning.Sweeps;

namespace SlmPlanner.Tests.Planning;

/// <summary>Searches ended midway: each platform asks for its device's speed once, and the second question ends the search.</summary>
public sealed class StoppedSearchTests
{
    private static readonly PlanRequest Request =
        PlanningWorld.Request(PlanningWorld.Shape(12, 768, 12), 1e9) with { DeadlineHours = 1000 };

    private static readonly Offer[] Offers =
    [
        .. new[] { "Old-16GB", "Mid-40GB", "New-80GB" }.SelectMany(gpu => new[] { 1, 2, 4, 8 }.Select(count =>
            PlanningWorld.Offer(gpu, count, count, 0, 0, "ant", "east"))),
    ];

    [Fact]
    public void A_plan_that_is_ended_searches_no_further_platform()
    {
        using var stop = new StopAtSecond();
        Assert.ThrowsAny<OperationCanceledException>(() => new Planner(stop.Inputs, workers: 1).Plan(Request, stop.Token));
        Assert.Equal(2, stop.Platforms);
    }

    [Fact]
    public void A_search_with_many_workers_ends_as_cancelled_too()
    {
        using var stop = new StopAtSecond();
        Assert.ThrowsAny<OperationCanceledException>(() => SearchOutcome.Of(Request, stop.Inputs, -1, stop.Token));
    }

    [Fact]
    public void The_choice_of_a_model_for_the_lowest_loss_ends()
    {
        using var stop = new StopAtSecond();
        var open = Request with { Model = null, Tokens = null, Objective = Objective.Loss, BudgetUsd = 2000 };
        Assert.ThrowsAny<OperationCanceledException>(() => new Planner(stop.Inputs, workers: 1).Search(open, stop.Token));
        Assert.Equal(2, stop.Platforms);
    }

    [Fact]
    public void A_sweep_ends()
    {
        using var stop = new StopAtSecond();
        var step = SweepStep.OfRequest(1e9, "1B", request => request);
        SweepAxis axis = new("tokens", "tokens", [step, step]);
        Assert.ThrowsAny<OperationCanceledException>(() => new Sweep(stop.Inputs).Run(Request, [axis], stop.Token));
    }

    [Fact]
    public void A_search_that_nobody_ends_is_not_changed_by_being_endable()
    {
        using var stop = new CancellationTokenSource();
        var inputs = PlanningWorld.Inputs(Offers);
        Assert.Equal(PlanNumbers.Text(new Planner(inputs).Plan(Request)), PlanNumbers.Text(new Planner(inputs).Plan(Request, stop.Token)));
    }

    private sealed class StopAtSecond : IReadOnlyDictionary<string, double>, IDisposable
    {
        private readonly CancellationTokenSource _stop = new();
        private int _platforms;

        public int Platforms => _platforms;

        public CancellationToken Token => _stop.Token;

        public PlanningInputs Inputs => PlanningWorld.Inputs(Offers) with { SpeedMultiples = this };

        public int Count => 0;

        public IEnumerable<string> Keys => [];

        public IEnumerable<double> Values => [];

        public double this[string key] => 1;

        public bool TryGetValue(string key, [MaybeNullWhen(false)] out double value)
        {
            if (Interlocked.Increment(ref _platforms) == 2)
                _stop.Cancel();
            value = 1;
            return true;
        }

        public bool ContainsKey(string key) => true;

        public IEnumerator<KeyValuePair<string, double>> GetEnumerator()
        {
            yield break;
        }

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

        public void Dispose() => _stop.Dispose();
    }
}
