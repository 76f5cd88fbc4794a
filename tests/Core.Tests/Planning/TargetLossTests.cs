using SlmPlanner.Core;
using SlmPlanner.Core.Planning;
using SlmPlanner.Core.Planning.Requests;

namespace SlmPlanner.Tests.Planning;

public sealed class TargetLossTests
{
    private static readonly PlanningInputs Inputs = PlanningWorld.Inputs(
        PlanningWorld.Offer("New-80GB", 8, 2), PlanningWorld.Offer("Mid-40GB", 1, 0.7)) with
    {
        Models = [PlanningWorld.Shape(12, 768, 12), PlanningWorld.Shape(16, 1024, 16), PlanningWorld.Shape(24, 1536, 16),
            PlanningWorld.Shape(24, 2048, 16)],
    };

    private static readonly Core.Planning.Planner Planner = new(Inputs, workers: 1);

    private static readonly PlanRequest Asked = new() { SeqLen = 1024, GlobalBatchTokens = 131_072, Today = PlanningWorld.Today,
        DeadlineHours = 24 * 365 };

    [Fact]
    public void The_plan_reaches_the_loss() =>
        Assert.Equal(3.0, Planner.Plan(Asked with { TargetLoss = 3.0 }).Recommendation!.ExpectedLoss!.Value, 3);

    [Fact]
    public void A_lower_loss_never_costs_less() =>
        Assert.True(Cost(2.8) >= Cost(2.9) && Cost(2.9) >= Cost(3.0));

    [Fact]
    public void No_other_model_reaches_the_loss_for_less()
    {
        var best = Planner.Plan(Asked with { TargetLoss = 3.0 }).Recommendation!.CostUsd;
        foreach (var model in Inputs.Models)
        {
            if (Inputs.Law.TokensFor(Inputs.Law.ParametersOf(model), 3.0) is { } tokens && tokens < Inputs.Law.Range.TokensMax)
                Assert.True(Planner.Plan(Asked with { Model = model, Tokens = tokens }).Recommendation!.CostUsd >= best * (1 - 1e-9),
                    model.Name);
        }
    }

    [Fact]
    public void Serving_much_never_makes_the_model_larger()
    {
        long Parameters(double? served) => Planner.Plan(
            Asked with { TargetLoss = 2.9, InferenceTokens = served }).Recommendation!.ModelParameters;
        Assert.True(Parameters(1e14) <= Parameters(null));
    }

    [Fact]
    public void A_loss_that_no_model_reaches_is_refused_with_the_lowest_there_is() =>
        Assert.Contains("the lowest it allows is",
            Assert.Throws<InputException>(() => Planner.Plan(Asked with { TargetLoss = 1.9 })).Message);

    [Fact]
    public void More_budget_never_gives_a_worse_expected_loss()
    {
        double Loss(double budget)
        {
            var best = Planner.Plan(Asked with { Objective = Objective.Loss, BudgetUsd = budget }).Recommendation!;
            return Inputs.Law.Loss(best.ModelParameters, best.Tokens);
        }

        Assert.True(Loss(2000) <= Loss(1000) && Loss(1000) <= Loss(500));
    }

    [Fact]
    public void Money_kept_for_serving_is_not_trained_with()
    {
        double Tokens(double? served) => Planner.Plan(Asked with
        {
            Objective = Objective.Loss, Model = Inputs.Models[0], BudgetUsd = 500, InferenceTokens = served,
        }).Recommendation!.Tokens;
        Assert.Equal(Tokens(null) - 1e9, Tokens(3e9), 1.0);
    }

    private static double Cost(double loss) => Planner.Plan(Asked with { TargetLoss = loss }).Recommendation!.CostUsd;
}
