using SlmPlanner.Core.Communication;
using SlmPlanner.Core.Findings;
using SlmPlanner.Core.Models;
using SlmPlanner.Core.Planning.Requests;
using SlmPlanner.Core.Planning.Results;
using SlmPlanner.Core.Planning.Search;
using SlmPlanner.Core.Training;

namespace SlmPlanner.Core.Planning.Answers;

/// <summary>
/// What is known of measured pipelines that stalled, for layouts with stages: in the stack of those runs, and in software of which no run
/// was measured.
/// </summary>
/// <param name="outcome">The search.</param>
/// <param name="inputs">What the search drew on.</param>
/// <param name="measured">The measured pipelines.</param>
internal sealed class StallFindings(SearchOutcome outcome, PlanningInputs inputs, StalledPipelines measured)
{
    /// <summary>Our name of the plan's software; null where none is named.</summary>
    private readonly string? _stack = inputs.Performance.Stacks.Find(outcome.Request.Stack).Name;

    /// <summary>True in the software of the runs, and in one of which no run was measured.</summary>
    private bool ConcernsStack => _stack is null || _stack == measured.Stack
        || !inputs.Performance.Published.Rows.Any(row => string.Equals(row.Keys.Stack, _stack, StringComparison.OrdinalIgnoreCase));

    /// <summary>The findings on the recommendation and on other layouts that a plan lists; none where they have no stages.</summary>
    /// <param name="outcome">The search.</param>
    /// <param name="inputs">What the search drew on.</param>
    /// <param name="chosen">The recommendation; null when there is none.</param>
    public static IEnumerable<Finding> Of(SearchOutcome outcome, PlanningInputs inputs, Choice? chosen) =>
        inputs.Stalled is { Counts.Count: > 0 } measured ? new StallFindings(outcome, inputs, measured).Of(chosen) : [];

    /// <summary>What is known of one layout; null where it has no stages, or its software was measured and is another.</summary>
    /// <param name="outcome">The search.</param>
    /// <param name="inputs">What the search drew on.</param>
    /// <param name="choice">The layout.</param>
    public static PipelineMayStall? On(SearchOutcome outcome, PlanningInputs inputs, Choice choice) =>
        inputs.Stalled is { Counts.Count: > 0 } measured ? new StallFindings(outcome, inputs, measured).On(choice) : null;

    private IEnumerable<Finding> Of(Choice? chosen)
    {
        var told = chosen is null ? null : On(chosen);
        if (told is not null)
            yield return told;
        var counts = Listed().Where(Concerns).Select(choice => measured.Near(choice.Gpus)!).Where(count => count != told?.Measured)
            .ToList();
        if (counts.Count > 0)
            yield return new ListedPipelinesMayStall(
                counts.Count, counts.MinBy(count => count.Share())!, counts.MaxBy(count => count.Share())!, measured.Stack, measured.Gpu);
    }

    private PipelineMayStall? On(Choice choice)
    {
        if (!Concerns(choice))
            return null;
        var evaluation = choice.Priced.Evaluation;
        var (setup, count) = (evaluation.Setup, measured.Near(choice.Gpus)!);
        var part = ShapeCosts.Of(outcome.Goal.Model, padsVocabulary: false).On(setup.Layout, setup.Tuning);
        var messages = setup.GradAccum * ModelSchedule.Crossings(part, setup.Layout);
        return new(
            Scheme.Of(setup.Layout), choice.Gpus, count, measured.Stack, measured.Gpu, _stack, evaluation.StepSeconds,
            evaluation.StepSeconds + messages * count.MedianSeconds, WithoutStages(), outcome.Request.Parallelisms.Count > 0);
    }

    /// <summary>The best of a plan's layouts without stages that keeps the limits; null when there is none.</summary>
    private RunWithoutStages? WithoutStages() => outcome.Best(Listed().Where(choice => choice.Feasible && !HasStages(choice))) is { } best
        ? new(Scheme.Of(best.Priced.Evaluation.Setup.Layout), new(
            Machines.Of(best.Result), best.Priced.CostUsd, best.Priced.Hours, best.Feasible))
        : null;

    /// <summary>What a plan lists: the front and the best of each device and provider.</summary>
    private IEnumerable<Choice> Listed() => outcome.Front().Concat(outcome.FeasibleFront())
        .Concat(outcome.BestPer(choice => choice.Gpu)).Concat(outcome.BestPer(choice => choice.Provider))
        .DistinctBy(choice => (choice.Result, choice.Priced));

    private bool Concerns(Choice choice) => HasStages(choice) && ConcernsStack;

    private static bool HasStages(Choice choice) => choice.Priced.Evaluation.Setup.Mesh.Pipeline > 1;
}

/// <summary>The recommended layout has stages, and measured pipelines stalled for a reason that no row tells.</summary>
/// <param name="Parallelism">The layout.</param>
/// <param name="Gpus">Its devices.</param>
/// <param name="Measured">Measured pipelines on the nearest number of devices.</param>
/// <param name="Stack">Their software.</param>
/// <param name="Gpu">Their device.</param>
/// <param name="PlanStack">Software of the plan; null where none is named.</param>
/// <param name="StepSeconds">Predicted step.</param>
/// <param name="StalledStepSeconds">The same if each message came as late as in the median stalled run.</param>
/// <param name="Without">The best of the plan's layouts without stages; null when there is none.</param>
/// <param name="Asked">True where layouts were asked for.</param>
public sealed record PipelineMayStall(
    Scheme Parallelism, int Gpus, StalledCount Measured, string Stack, string Gpu, string? PlanStack, double StepSeconds,
    double StalledStepSeconds, RunWithoutStages? Without, bool Asked) : Finding(Severity.Warning, "pipeline-may-stall");

/// <summary>A run whose layout has no stages.</summary>
/// <param name="Parallelism">The layout.</param>
/// <param name="Run">Machines, cost and duration.</param>
public sealed record RunWithoutStages(Scheme Parallelism, RunOnMachines Run);

/// <summary>Layouts with stages are listed beside the recommendation, and measured pipelines stalled.</summary>
/// <param name="Layouts">How many.</param>
/// <param name="Least">Measured pipelines on the number of devices on which the least share stalled, of theirs.</param>
/// <param name="Most">The same with the largest share.</param>
/// <param name="Stack">Software of the measured ones.</param>
/// <param name="Gpu">Their device.</param>
public sealed record ListedPipelinesMayStall(int Layouts, StalledCount Least, StalledCount Most, string Stack, string Gpu)
    : Finding(Severity.Hint, "listed-pipelines-may-stall");
