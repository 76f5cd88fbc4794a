using SlmPlanner.Core.Models;
using SlmPlanner.Core.Planning.Answers;
using SlmPlanner.Core.Planning.Requests;
using SlmPlanner.Core.Planning.Results;
using SlmPlanner.Core.Samples;
using SlmPlanner.Core.Training;

namespace SlmPlanner.Tests.Planning;

/// <summary>Plans that train a base model further, in a small world.</summary>
public sealed class FineTuningTests
{
    private static readonly PlanningInputs Inputs =
        PlanningWorld.Inputs(PlanningWorld.Offer("Mid-40GB", 1, 2), PlanningWorld.Offer("New-80GB", 8, 40));

    private static readonly PlanRequest Pretraining =
        PlanningWorld.Request(PlanningWorld.Shape(24, 2048, 16), 1e9) with { GlobalBatchTokens = 65_536, MaxGpus = 1, SeqLen = 1024 };

    private static readonly SampleLengths Lengths = new([new(100, 9_000), new(1000, 1_000)]);

    [Fact]
    public void Training_all_of_a_base_model_is_planned_as_training_it_from_the_start()
    {
        var (from, on) = (Plan(Pretraining), Plan(Pretraining with { Tuning = Tuning.Full }));
        Assert.Equal((from.CostUsd, from.Hours, from.PeakMemoryBytes), (on.CostUsd, on.Hours, on.PeakMemoryBytes));
        Assert.NotEqual(from.PlanId, on.PlanId);
        Assert.NotNull(from.ExpectedLoss);
        Assert.Null(on.ExpectedLoss);
    }

    [Fact]
    public void Adapters_train_faster_in_less_memory_and_a_quantised_base_in_less_still()
    {
        var same = Pretraining with { MicroBatch = 4 };
        var full = Plan(same with { Tuning = Tuning.Full });
        var lora = Plan(same with { Tuning = new(TuningMethod.Lora, Targets: AdapterTargets.Query | AdapterTargets.Value) });
        var qlora = Plan(same with { Tuning = new(TuningMethod.Qlora, Targets: AdapterTargets.Query | AdapterTargets.Value) });
        Assert.True(lora.CostUsd < full.CostUsd, $"{lora.CostUsd} against {full.CostUsd}");
        Assert.True(lora.PeakMemoryBytes < full.PeakMemoryBytes && qlora.PeakMemoryBytes < lora.PeakMemoryBytes);
        Assert.True(lora.CostUsd < qlora.CostUsd);
        Assert.Equal(24 * 16 * 2 * 4096, lora.TrainedParameters);
        Assert.InRange(lora.Mfu, 0.05, 1);
    }

    /// <summary>
    /// 10,000 samples of 190 tokens on average, twice: 3.8 million tokens, in 20,000/64 steps when each is a sequence of its own.
    /// </summary>
    [Fact]
    public void Samples_become_tokens_and_steps()
    {
        var padded = Plan(Samples(padded: true));
        Assert.Equal(3.8e6, padded.Tokens, 1);
        Assert.Equal(64 * 190, padded.TokensPerStep, 1e-6);
        var packed = Plan(Samples(padded: false));
        Assert.Equal(3.8e6, packed.Tokens, 1);
        Assert.InRange(packed.TokensPerStep, 64 * 1024 * 0.97, 64 * 1024 * 1.03);
    }

    [Fact]
    public void Padding_costs_what_is_said_of_it()
    {
        var result = new Core.Planning.Planner(Inputs).Plan(Samples(padded: true));
        var waste = Assert.Single(result.Findings.OfType<PositionsWasted>());
        Assert.InRange(waste.Share, 0.1, 0.9);
        Assert.True(waste.PackedShare < 0.02);
        Assert.Single(result.Findings.OfType<FineTuningNotFitted>());
        Assert.Equal((20_000, 3.8e6), (Assert.Single(result.Findings.OfType<SamplesCounted>()) is var told ? told.Samples : 0,
            told!.Tokens));
        Assert.True(Plan(Samples(padded: false)).CostUsd < result.Recommendation!.CostUsd);
        Assert.Null(result.Recipe);
    }

    [Theory]
    [InlineData("rank", TuningMethod.Lora, 0, 0, 2)]
    [InlineData("base_bits", TuningMethod.Lora, 16, 5, 2)]
    [InlineData("base_bits", TuningMethod.Full, 16, 4, 2)]
    [InlineData("base_bits", TuningMethod.Qlora, 16, 16, 2)]
    [InlineData("trained_blocks", TuningMethod.Freeze, 16, 0, 25)]
    [InlineData("trained_blocks", TuningMethod.Freeze, 16, 0, 0)]
    public void What_a_method_can_not_have_is_told(string field, TuningMethod method, int rank, int bits, int blocks)
    {
        var problem = Assert.Single(Problems(Pretraining with { Tuning = new(method, rank, AdapterTargets.All, bits, blocks) }));
        Assert.StartsWith(field, problem, StringComparison.Ordinal);
        Assert.Contains("allowed", problem.Replace("only", "allowed", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void What_does_not_go_together_is_told()
    {
        var lora = Pretraining with { Tuning = new(TuningMethod.Lora) };
        var freeze = Pretraining with { Tuning = new(TuningMethod.Freeze), Parallelisms = [Scheme.Parse("ddp+pp(2)+vp(2)")] };
        Assert.Contains("no backward pass", Assert.Single(Problems(freeze)), StringComparison.Ordinal);
        Assert.Contains(Problems(lora with { Objective = Objective.Loss }),
            problem => problem.Contains("law of training from the start", StringComparison.Ordinal));
        Assert.Contains("lengths", Assert.Single(Problems(lora with { Samples = new() { Count = 10 } })), StringComparison.Ordinal);
        Assert.Contains("epochs", Assert.Single(Problems(lora with { Samples = new() { Epochs = 2 } })), StringComparison.Ordinal);
        Assert.Contains("tokens are missing", Assert.Single(Problems(lora with { Tokens = null })), StringComparison.Ordinal);
        Assert.Empty(Problems(lora with { Tokens = null, Samples = new() { Lengths = Lengths } }));
    }

    /// <summary>
    /// Models with frozen weights are shared in every way, and blocks that are frozen in every way but as several parts of a stage.
    /// </summary>
    [Theory]
    [InlineData(TuningMethod.Lora, "ddp+tp(2)+sp")]
    [InlineData(TuningMethod.Lora, "zero1+pp(2)+vp(2)")]
    [InlineData(TuningMethod.Qlora, "fsdp_full+cp(2)")]
    [InlineData(TuningMethod.Qlora, "hsdp+tp(2)+sp")]
    [InlineData(TuningMethod.Freeze, "fsdp_full+tp(2)+sp")]
    [InlineData(TuningMethod.Freeze, "zero1+cp(2)")]
    [InlineData(TuningMethod.Freeze, "zero1+tp(2)+sp+pp(2)")]
    [InlineData(TuningMethod.Freeze, "ddp+pp(4)+zb")]
    public void Models_with_frozen_weights_are_shared(TuningMethod method, string scheme)
    {
        var request = Pretraining with
        {
            Tuning = new(method, Targets: AdapterTargets.All), Parallelisms = [Scheme.Parse(scheme)], GpuCount = 16, MaxGpus = 16,
            Gpus = ["New-80GB"],
        };
        Assert.Empty(Problems(request));
        var inputs = PlanningWorld.Inputs(PlanningWorld.Offer("New-80GB", 4, 10, networkGbitS: 800));
        var result = new Core.Planning.Planner(inputs).Plan(request);
        Assert.Equal(scheme, result.Recommendation!.Parallelism.ToString());
        Assert.Equal(scheme, Assert.Single(result.Findings.OfType<FrozenModelShared>()).Parallelism.ToString());
    }

    private static PlanRequest Samples(bool padded) => Pretraining with
    {
        Tokens = null,
        Tuning = new(TuningMethod.Lora),
        Samples = new() { Lengths = Lengths, Epochs = 2, Padded = padded },
    };

    private static IEnumerable<string> Problems(PlanRequest request) => PlanRequestRules.Problems(request, Inputs);

    private static Candidate Plan(PlanRequest request) => new Core.Planning.Planner(Inputs).Plan(request).Recommendation!;
}
