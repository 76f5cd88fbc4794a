using SlmPlanner.Core.Planning.Requests;
using SlmPlanner.Planner.Options;
using SlmPlanner.Planner.Web.Metrics;
using SlmPlanner.Planner.Web.Plans;
using SlmPlanner.Presentation.CommandLine;

namespace SlmPlanner.Web.Tests;

public sealed class PlanDeskTests(RunningSite site)
{
    [Fact]
    public async Task A_request_written_otherwise_is_answered_by_the_same_search()
    {
        using var meter = new PlanMeter(null);
        using var desk = new PlanDesk(TimeProvider.System, meter);
        var first = await desk.Plan(Request("1234"), TestContext.Current.CancellationToken);
        Assert.Same(first, await desk.Plan(Request("$1,234"), TestContext.Current.CancellationToken));
        Assert.NotSame(first, await desk.Plan(Request("1235"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_caller_that_leaves_gets_no_answer_and_the_next_one_does()
    {
        using var meter = new PlanMeter(null);
        using var desk = new PlanDesk(TimeProvider.System, meter);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => desk.Plan(Request("999"), new CancellationToken(canceled: true)));
        Assert.NotNull((await desk.Plan(Request("999"), TestContext.Current.CancellationToken)).Recommendation);
    }

    [Fact]
    public async Task A_plan_is_the_planners_own()
    {
        using var meter = new PlanMeter(null);
        using var desk = new PlanDesk(TimeProvider.System, meter);
        var plan = await desk.Plan(Request("2000"), TestContext.Current.CancellationToken);
        var own = new Core.Planning.Planner(site.Bench.Inputs)
            .Plan(plan.Request with { DeadlineHours = null }, TestContext.Current.CancellationToken);
        Assert.Equal(Presentation.Plans.PlanJson.Write(own), Presentation.Plans.PlanJson.Write(plan));
    }

    [Fact]
    public async Task A_request_that_brings_machines_is_another_question()
    {
        using var meter = new PlanMeter(null);
        using var desk = new PlanDesk(TimeProvider.System, meter);
        var bare = await desk.Plan(Request("2000"), TestContext.Current.CancellationToken);
        var owner = await desk.Plan(Request("2000", "8xH100@0.2"), TestContext.Current.CancellationToken);
        Assert.NotEqual("own", bare.Recommendation!.Provider);
        Assert.Equal("own", owner.Recommendation!.Provider);
    }

    /// <summary>The search waits at its first platform until its only caller has left; going on to the end would count as a plan.</summary>
    [Fact]
    public async Task A_search_whose_caller_leaves_is_ended()
    {
        using var meter = new PlanMeter(null);
        using var outcomes = new PlanOutcomes(meter);
        using var desk = new PlanDesk(TimeProvider.System, meter);
        using var leave = new CancellationTokenSource();
        using var gate = new GatedSpeeds();
        var question = Request("2000");
        var answer = desk.Plan(question with { Inputs = question.Inputs with { SpeedMultiples = gate } }, leave.Token);
        await gate.Reached.WaitAsync(TestContext.Current.CancellationToken);
        await leave.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answer);
        gate.Open();
        Assert.Equal("abandoned", await outcomes.First.WaitAsync(TestContext.Current.CancellationToken));
    }

    private PlanQuestion Request(string budget, string? own = null) => new PlanForm(site.Bench)
        .Read(new Given()
            .With(RequestOptions.Model, "slm-1b")
            .With(RequestOptions.Tokens, "20B")
            .With(RequestOptions.Gpus, "H100")
            .With(RequestOptions.Budget, budget)
            .With(RequestOptions.Objective, "cost")
            .WithMaybe(RequestOptions.Own, own)).Question!;
}
