using CsCheck;
using SlmPlanner.Core.Planning;
using SlmPlanner.Core.Planning.Search;

namespace SlmPlanner.Tests.Planning;

public sealed class LossAllocationTests
{
    private const double FewSteps = 0.002;

    private static readonly Gen<(PlanRequest Request, PlanningInputs Inputs)> Worlds =
        Gen.Select(PlanningWorld.Requests, PlanningWorld.Offers, (request, offers) => (
            request with { Objective = Objective.Loss, Model = null, Tokens = null, BudgetUsd = request.BudgetUsd ?? 300, DeadlineHours = request.DeadlineHours ?? 500 },
            PlanningWorld.Inputs(offers)));

    /// <summary>
    /// Trying every model takes the setup that is fastest at the probe's tokens, whole steps counted; another may train a few steps
    /// more at the limit, and branch and bound, which compares time per token, may find it.
    /// </summary>
    [Fact]
    public void Branch_and_bound_finds_what_trying_every_model_finds_or_a_few_steps_more() =>
        Worlds.Sample(world =>
        {
            var settled = LossAllocation.Settle(world.Request, world.Inputs, workers: 1);
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
            return space.Platforms.All(hired => PlanSearch.Run(probe, goal, space with { Platforms = [hired] }, world.Inputs, 1)
                .SelectMany(cluster => cluster.Offers).Select(tally => tally.MostTokens).DefaultIfEmpty(0).Max() <= TokenBound.Of(hired, probe, goal));
        }, iter: 60);

    [Fact]
    public void Without_a_deadline_the_run_is_no_longer_than_the_longest_run_assumed()
    {
        var inputs = PlanningWorld.Inputs(PlanningWorld.Offer("Old-16GB", 1, 0.05), PlanningWorld.Offer("New-80GB", 8, 2)) with { LongestRunHours = 240 };
        var plan = new Core.Planning.Planner(inputs).Plan(new() { Objective = Objective.Loss, BudgetUsd = 2000, SeqLen = 1024, GlobalBatchTokens = 131_072, Today = PlanningWorld.Today });
        Assert.InRange(plan.Recommendation!.Hours, 0, 240);
        Assert.Equal(240, plan.Request.DeadlineHours);
        Assert.Contains(plan.Findings, finding => finding.Id == "default-deadline");
        Assert.Contains(plan.Provenance.Assumptions, assumption => assumption is LongestRunAssumed { Hours: 240 });
    }

    private static double MostTokens(PlanRequest probe, PlanningInputs inputs) =>
        SearchOutcome.Of(probe, inputs, 1).Offers().Select(pair => pair.Tally.MostTokens).DefaultIfEmpty(0).Max();
}
