using SlmPlanner.Core.Planning.Answers;
using SlmPlanner.Core.Planning.Requests;
using SlmPlanner.Core.Planning.Results;
using SlmPlanner.Core.Training;

namespace SlmPlanner.Tests.Planning;

/// <summary>What a plan says of stages, where of 40 measured pipelines on 8 devices 10 stalled, and 30 on 16.</summary>
public sealed class StallFindingsTests
{
    private static readonly StalledPipelines Measured = new(1, "known", "measured-gpu", "test", new(2026, 1, 2),
        [new(8, 40, 10, 0.3, 0.5, 0.8), new(16, 40, 30, 0.4, 0.7, 1)]);

    private static readonly PlanRequest Request = PlanningWorld.Request(PlanningWorld.Shape(24, 2048, 16), 1e9) with { MaxGpus = 8 };

    private static readonly PlanningInputs Inputs = PlanningWorld.Inputs(
        PlanningWorld.Offer("Mid-40GB", 8, 1), PlanningWorld.Offer("New-80GB", 8, 40)) with
    {
        Stalled = Measured,
        Performance = new(Core.Fitting.FittedModel.Prior, [],
            new SoftwareStackCatalog([new("known", ["known"], new()), new("other", ["other"], new())], [])),
    };

    /// <summary>
    /// Four stages cross three boundaries twice: a rank sends or gets 1.5 messages for each micro-batch, each half a second late.
    /// </summary>
    [Theory]
    [InlineData("known")]
    [InlineData("some words")]
    [InlineData(null)]
    public void A_pipeline_is_told_of_those_that_stalled(string? stack)
    {
        var plan = Plan(Request with { Stack = stack, Parallelisms = [Scheme.Parse("ddp+pp(4)")], Gpus = ["New-80GB"] });
        var told = Assert.Single(plan.Findings.OfType<PipelineMayStall>());
        Assert.Equal((stack, 8, 8, 0.25, true), (told.PlanStack, told.Gpus, told.Measured.Gpus, told.Measured.Share(), told.Asked));
        Assert.Equal(0.5 * 1.5 * plan.Recommendation!.GradAccum, told.StalledStepSeconds - told.StepSeconds, 1e-9);
        Assert.Null(told.Without);
        Assert.Empty(plan.Findings.OfType<ListedPipelinesMayStall>());
    }

    [Fact]
    public void An_explanation_tells_of_them_too()
    {
        var request = Request with { Parallelisms = [Scheme.Parse("ddp+pp(4)")], Gpus = ["New-80GB"] };
        var planner = new Core.Planning.Planner(Inputs);
        var explained = new Core.Planning.Explain.Explainer(planner.Search(request), Inputs).Winner();
        Assert.Equal(Assert.Single(planner.Plan(request).Findings.OfType<PipelineMayStall>()), explained.Stall);
    }

    /// <summary>Of frozen blocks no gradient comes back: three messages forward for four stages.</summary>
    [Fact]
    public void Frozen_stages_have_fewer_messages_to_wait_for()
    {
        var plan = Plan(Request with
        {
            Parallelisms = [Scheme.Parse("ddp+pp(4)")], Gpus = ["New-80GB"], Tuning = new(TuningMethod.Freeze, TrainedBlocks: 2),
        });
        var told = Assert.Single(plan.Findings.OfType<PipelineMayStall>());
        Assert.Equal(0.5 * 0.75 * plan.Recommendation!.GradAccum, told.StalledStepSeconds - told.StepSeconds, 1e-9);
    }

    /// <summary>Replicas of 1.3B parameters fit 80 GB alone, dear; in four stages they fit the cheap devices too.</summary>
    [Fact]
    public void What_the_plan_has_without_stages_is_told_with_its_cost()
    {
        var plan = Plan(Request with
        {
            Model = PlanningWorld.Shape(32, 2560, 20), Parallelisms = [Scheme.Ddp, Scheme.Parse("ddp+pp(8)")], Objective = Objective.Cost,
        });
        Assert.Equal((8, "Mid-40GB"), (plan.Recommendation!.Parallelism.Pipeline, plan.Recommendation.Gpu));
        var without = Assert.Single(plan.Findings.OfType<PipelineMayStall>()).Without!;
        var other = plan.BestPerGpu.Single(candidate => candidate.Gpu == "New-80GB");
        Assert.Equal((1, other.CostUsd, other.Hours), (without.Parallelism.Pipeline, without.Run.CostUsd, without.Run.Hours));
    }

    [Fact]
    public void Listed_pipelines_are_told_of_where_the_recommendation_has_no_stages()
    {
        var plan = Plan(Request with
        {
            Model = PlanningWorld.Shape(32, 2560, 20), Parallelisms = [Scheme.Ddp, Scheme.Parse("ddp+pp(8)")], Objective = Objective.Time,
        });
        Assert.Equal(1, plan.Recommendation!.Parallelism.Pipeline);
        Assert.Empty(plan.Findings.OfType<PipelineMayStall>());
        var told = Assert.Single(plan.Findings.OfType<ListedPipelinesMayStall>());
        Assert.Equal((8, 8), (told.Least.Gpus, told.Most.Gpus));
        Assert.InRange(told.Layouts, 1, plan.Alternatives.Count + plan.BestPerGpu.Count);
    }

    /// <summary>Nothing is told of layouts without stages, or where nothing is known.</summary>
    [Fact]
    public void Other_plans_say_nothing()
    {
        var pipeline = Request with { Parallelisms = [Scheme.Parse("ddp+pp(4)")] };
        Assert.Empty(Told(Plan(Request)));
        Assert.Empty(Told(new Core.Planning.Planner(Inputs with { Stalled = null }).Plan(pipeline)));
    }

    private static IEnumerable<object> Told(PlanResult plan) =>
        plan.Findings.Where(finding => finding is PipelineMayStall or ListedPipelinesMayStall);

    private static PlanResult Plan(PlanRequest request) => new Core.Planning.Planner(Inputs).Plan(request);
}
