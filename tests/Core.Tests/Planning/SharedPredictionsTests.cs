using CsCheck;
using SlmPlanner.Core.Planning;
using SlmPlanner.Core.Planning.Requests;
using SlmPlanner.Core.Training;

namespace SlmPlanner.Tests.Planning;

public sealed class SharedPredictionsTests
{
    private static readonly Gen<(PlanRequest First, PlanRequest Second, PlanningInputs Inputs)> Worlds = Gen.Select(
        PlanningWorld.Requests, PlanningWorld.Requests, PlanningWorld.Offers,
        (first, second, offers) => (first, second, PlanningWorld.Inputs(offers)));

    private static readonly PlanRequest Request =
        PlanningWorld.Request(PlanningWorld.Shape(8, 512, 8), 1e9) with { SeqLen = 512, GlobalBatchTokens = 65_536 };

    [Fact]
    public void A_plan_is_the_same_whatever_was_asked_before() =>
        Worlds.Sample(world =>
        {
            var shared = world.Inputs with { Predictions = new(mostQuestions: 3) };
            PlanRequest[] asked =
            [
                world.First, world.First with { BudgetUsd = world.First.BudgetUsd / 2 ?? 100 }, world.Second,
                world.First with { DeadlineHours = 30, Tokens = 2 * world.First.Tokens }, world.First,
            ];
            return Array.TrueForAll(asked, request => Text(request, shared) == Text(request, world.Inputs));
        }, iter: 30);

    /// <summary>Each changes what fits or how fast it is; answers from before would be wrong.</summary>
    [Fact]
    public void What_changes_a_prediction_asks_another_question()
    {
        var inputs = PlanningWorld.Inputs(PlanningWorld.Offer("Mid-40GB", 8, 2)) with { Predictions = new(mostQuestions: 20) };
        PlanRequest[] others =
        [
            Request with { GlobalBatchTokens = 131_072 }, Request with { SeqLen = 256 },
            Request with { MicroBatch = 1 }, Request with { Confidence = 0.75 }, Request with { Optimizer = OptimizerKind.Lion },
            Request with { Precisions = [Precision.Fp32] }, Request with { Attentions = [AttentionKind.Vanilla] },
            Request with { Parallelisms = [Scheme.FsdpFull] }, Request with { ExpertImbalance = 2 }, Request with { EvalBatch = 64 },
            Request with { Losses = [LossForm.Fused] }, Request with { LossChunks = 4 }, Request with { Offloads = [Offload.Activations] },
            Request with { Model = Request.Model! with { DFfn = 2 * Request.Model.DFfn } },
        ];
        var known = Question(Request, inputs);
        Assert.All(others, other => Assert.NotEqual(known, Question(other, inputs)));
        Assert.NotEqual(known, Question(Request, inputs with { TriesSplits = !inputs.TriesSplits }));
        Assert.NotEqual(known, Question(Request, inputs with { SpeedMultiples = new Dictionary<string, double> { ["Mid-40GB"] = 0.8 } }));
        Assert.NotEqual(known, Question(Request, inputs with { Memory = inputs.Memory with { } }));
    }

    [Fact]
    public void Limits_prices_and_days_ask_the_same_question()
    {
        var inputs = PlanningWorld.Inputs(PlanningWorld.Offer("Mid-40GB", 8, 2));
        var request = Request with { Precisions = [Precision.Fp32], Attentions = [AttentionKind.Vanilla] };
        PlanRequest[] others =
        [
            request with { BudgetUsd = 77 }, request with { DeadlineHours = 7 }, request with { Tokens = 7e9 },
            request with { Objective = Objective.Balanced, DayWorthUsd = 5 }, request with { Spot = true },
            request with { Today = new(2027, 1, 1) }, request with { Providers = ["elsewhere"] }, request with { MaxGpus = 8 },
            request with { Precisions = [Precision.Fp32], Attentions = [AttentionKind.Vanilla] },
        ];
        Assert.All(others, other => Assert.Equal(Question(request, inputs), Question(other, inputs)));
    }

    [Fact]
    public void Searches_at_once_share_predictions_without_disturbing_each_other()
    {
        var plain = PlanningWorld.Inputs(PlanningWorld.Offer("Mid-40GB", 8, 2), PlanningWorld.Offer("Mid-40GB", 4, 3));
        var shared = plain with { Predictions = new(mostQuestions: 2) };
        var requests = Enumerable.Range(1, 24).Select(i => Request with { BudgetUsd = 50 * i }).ToArray();
        var texts = new string[requests.Length];
        Parallel.For(0, requests.Length, new ParallelOptions { MaxDegreeOfParallelism = 6 },
            index => texts[index] = Text(requests[index], shared));
        Assert.Equal(requests.Select(request => Text(request, plain)), texts);
    }

    private static PredictionQuestion Question(PlanRequest request, PlanningInputs inputs) => PredictionQuestion.Of(request, inputs);

    private static string Text(PlanRequest request, PlanningInputs inputs) => PlanNumbers.Text(new Planner(inputs).Plan(request));
}
