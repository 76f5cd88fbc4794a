using SlmPlanner.Core;
using SlmPlanner.Core.Models;
using SlmPlanner.Core.Planning.Requests;
using SlmPlanner.Core.Training;

namespace SlmPlanner.Tests.Planning;

public sealed class PlanRequestRulesTests
{
    private static readonly PlanningInputs Inputs = PlanningWorld.Inputs(PlanningWorld.Offer("Mid-40GB", 8, 2));

    private static readonly PlanRequest Valid = PlanningWorld.Request(PlanningWorld.Shape(12, 768, 12), 1e9);

    [Fact]
    public void A_plain_request_has_no_problem() => Assert.Empty(PlanRequestRules.Problems(Valid, Inputs));

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(-5)]
    [InlineData(0)]
    [InlineData(1e30)]
    public void Absurd_amounts_are_named_with_their_value_and_range(double amount)
    {
        var problems = PlanRequestRules.Problems(Valid with { BudgetUsd = amount, Tokens = amount, DeadlineHours = amount }, Inputs)
            .ToList();
        Assert.Equal(3, problems.Count);
        Assert.All(problems, problem => Assert.Matches(@"^(tokens|budget_usd|deadline_h) is .*, allowed .* to .*$", problem));
    }

    [Fact]
    public void All_problems_are_reported_at_once()
    {
        var exception = Assert.Throws<InputException>(() => PlanRequestRules.Check(
            Valid with { Confidence = 1, MaxGpus = 0, SeqLen = -1, GlobalBatchTokens = double.NaN }, Inputs));
        Assert.Contains("confidence is 1, allowed 0.5 to 0.99", exception.Message, StringComparison.Ordinal);
        Assert.Contains("max_gpus is 0", exception.Message, StringComparison.Ordinal);
        Assert.Contains("seq_len is -1", exception.Message, StringComparison.Ordinal);
        Assert.Contains("global_batch_tokens is NaN", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Unknown_names_are_answered_with_the_nearest()
    {
        var problem = Assert.Single(PlanRequestRules.Problems(Valid with { Gpus = ["Mid-40G"] }, Inputs));
        Assert.Contains("did you mean Mid-40GB", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_may_differ_in_case() => Assert.Empty(
        PlanRequestRules.Problems(Valid with { Gpus = ["mid-40gb"], Providers = ["ANT"] }, Inputs));

    [Fact]
    public void An_empty_catalog_is_named() =>
        Assert.Contains("test offers has no offers", Assert.Single(PlanRequestRules.Problems(Valid, PlanningWorld.Inputs())),
            StringComparison.Ordinal);

    [Fact]
    public void Only_the_loss_objective_may_leave_model_and_tokens_open()
    {
        var open = Valid with { Model = null, Tokens = null };
        Assert.Equal(2, PlanRequestRules.Problems(open, Inputs).Count());
        Assert.Empty(PlanRequestRules.Problems(open with { Objective = Objective.Loss, BudgetUsd = 100 }, Inputs));
        Assert.Contains("budget_usd is missing", Assert.Single(PlanRequestRules.Problems(open with { Objective = Objective.Loss }, Inputs)),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Learned_positions_bound_the_sequence()
    {
        var learned = PlanningWorld.Shape(12, 768, 12) with { Positions = PositionKind.Learned, MaxPositions = 1024 };
        Assert.Contains("seq_len is 2048, allowed 1..1024",
            Assert.Single(PlanRequestRules.Problems(Valid with { Model = learned, SeqLen = 2048 }, Inputs)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-1, "eval_batch is -1, allowed 0 to 1000000")]
    [InlineData(1_000_001, "eval_batch is 1000001, allowed 0 to 1000000")]
    [InlineData(0, null)]
    [InlineData(64, null)]
    public void An_evaluation_has_so_many_sequences(int sequences, string? problem) =>
        Assert.Equal(problem, PlanRequestRules.Problems(Valid with { EvalBatch = sequences }, Inputs).SingleOrDefault());

    [Theory]
    [InlineData(null, 4, null, "loss_chunks are 4")]
    [InlineData(LossForm.Fused, 4, null, "loss_chunks are 4")]
    [InlineData(LossForm.Chunked, 1, null, "loss_chunks is 1, allowed 2 to 65536")]
    [InlineData(LossForm.Fused, null, "ddp+tp(2)", "parallelism is 'ddp+tp(2)' and loss fused")]
    [InlineData(LossForm.Chunked, 16, "ddp", null)]
    [InlineData(LossForm.Whole, null, "ddp+tp(2)", null)]
    public void A_loss_in_chunks_is_asked_for_where_it_can_be(LossForm? loss, int? chunks, string? scheme, string? problem)
    {
        var request = Valid with
        {
            Losses = loss is { } form ? [form] : null, LossChunks = chunks, Parallelisms = scheme is null ? [] : [Scheme.Parse(scheme)],
        };
        var problems = PlanRequestRules.Problems(request, Inputs).ToList();
        if (problem is null)
            Assert.Empty(problems);
        else
            Assert.StartsWith(problem, Assert.Single(problems), StringComparison.Ordinal);
    }
}
