using CsCheck;
using SlmPlanner.Core.Models;
using SlmPlanner.Core.Planning;
using SlmPlanner.Core.Planning.Requests;
using SlmPlanner.Core.Planning.Results;
using SlmPlanner.Core.Planning.Search;

namespace SlmPlanner.Tests.Planning;

public sealed class LossAllocationTests
{
    private const double FewSteps = 0.002;

    private static readonly Gen<(PlanRequest Request, PlanningInputs Inputs)> Worlds =
        Gen.Select(PlanningWorld.Requests, PlanningWorld.Offers, PlanningWorld.AnyOf(0.1, 1, 100),
            PlanningWorld.AnyOf("Mid-40GB", "New-80GB"), (request, offers, speed, gpu) => (
            request with { Objective = Objective.Loss, Model = null, Tokens = null, BudgetUsd = request.BudgetUsd ?? 300,
                DeadlineHours = request.DeadlineHours ?? 500 },
            PlanningWorld.Inputs(offers) with { SpeedMultiples = new Dictionary<string, double> { [gpu] = speed } }));

    /// <summary>
    /// Trying every model takes the setup that is fastest at the probe's tokens, whole steps counted; another may train a few steps
    /// more at the limit, and branch and bound, which compares time per token, may find it.
    /// </summary>
    [Fact]
    public void Branch_and_bound_finds_what_trying_every_model_finds_or_a_few_steps_more() =>
        Worlds.Sample(world =>
        {
            var settled = LossAllocation.Resolve(world.Request, world.Inputs, workers: 1);
            var best = world.Inputs.Models
                .Select(model => world.Request with { Model = model, Tokens = 1e9 })
                .Select(probe => (probe.Model, Tokens: Math.Floor(MostTokens(probe, world.Inputs))))
                .Where(way => way.Tokens >= TokenRange.Least)
                .Select(way => (double?)world.Inputs.Law.Loss(world.Inputs.Law.ParametersOf(way.Model!), way.Tokens))
                .Min();
            var found = world.Inputs.Law.Loss(world.Inputs.Law.ParametersOf(settled.Model!), settled.Tokens!.Value);
            return best is null ? settled.Tokens == TokenRange.Least : found <= best.Value + 1e-9 && found > best.Value * (1 - FewSteps);
        }, iter: 100);

    [Fact]
    public void No_platform_trains_more_tokens_than_its_bound() =>
        Worlds.Sample(world =>
        {
            var probe = world.Request with { Model = world.Inputs.Models[0], Tokens = 1e9 };
            var (goal, space) = (SearchGoal.Of(probe, world.Inputs), CandidateSpace.Of(probe, world.Inputs));
            return space.Platforms.All(offered => PlanSearch.Run(probe, goal, space with { Platforms = [offered] }, world.Inputs, 1)
                .SelectMany(cluster => cluster.Offers).Select(result => result.MostTokens).DefaultIfEmpty(0)
                .Max() <= TokenBound.Of(offered, probe, goal, world.Inputs));
        }, iter: 60);

    /// <summary>Only the smallest model takes sequences of 4,096: the others have 1,024 learned positions.</summary>
    [Fact]
    public void A_model_whose_positions_end_before_the_sequence_is_not_chosen()
    {
        var inputs = PlanningWorld.Inputs(PlanningWorld.Offer("New-80GB", 8, 2));
        inputs = inputs with { Models = [inputs.Models[0],
            .. inputs.Models.Skip(1).Select(model => model with { Positions = PositionKind.Learned, MaxPositions = 1024 })] };
        var request = new PlanRequest { Objective = Objective.Loss, BudgetUsd = 2000, SeqLen = 4096, GlobalBatchTokens = 131_072,
            Today = PlanningWorld.Today };
        Assert.Equal(inputs.Models[0].Name, new Core.Planning.Planner(inputs).Plan(request).Recommendation!.Model);
    }

    [Fact]
    public void Without_a_deadline_the_run_is_no_longer_than_the_longest_run_assumed()
    {
        var inputs = PlanningWorld.Inputs(PlanningWorld.Offer("Old-16GB", 1, 0.05), PlanningWorld.Offer("New-80GB", 8, 2))
            with { LongestRunHours = 240 };
        var plan = new Core.Planning.Planner(inputs)
            .Plan(new() { Objective = Objective.Loss, BudgetUsd = 2000, SeqLen = 1024, GlobalBatchTokens = 131_072,
                Today = PlanningWorld.Today });
        Assert.InRange(plan.Recommendation!.Hours, 0, 240);
        Assert.Equal(240, plan.Request.DeadlineHours);
        Assert.Contains(plan.Findings, finding => finding.Id == "default-deadline");
        Assert.Contains(plan.Provenance.Assumptions, assumption => assumption is LongestRunAssumed { Hours: 240 });
    }

    private static double MostTokens(PlanRequest probe, PlanningInputs inputs) =>
        SearchOutcome.Of(probe, inputs, 1).Offers().Select(pair => pair.Result.MostTokens).DefaultIfEmpty(0).Max();
}
