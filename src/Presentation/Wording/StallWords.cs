using SlmPlanner.Core.Planning.Answers;
using SlmPlanner.Core.Text;
using SlmPlanner.Core.Training;

namespace SlmPlanner.Presentation.Wording;

/// <summary>Findings on measured pipelines that stalled.</summary>
internal static class StallWords
{
    /// <summary>On a recommended layout with stages.</summary>
    public static string Of(PipelineMayStall pipeline)
    {
        var measured = pipeline.Measured;
        var stages = $"+pp({pipeline.Parallelism.Pipeline})";
        return $"{CandidateText.Name(pipeline.Parallelism)} may stall: {measured.Stalled} of {measured.Pipelines} measured pipelines on"
            + $" {On(measured, pipeline.Gpus)} did ({Readable.Percent(measured.Share())}; {pipeline.Stack} on {pipeline.Gpu}), whatever"
            + $" their layout. Each message between stages came {Late(measured)} late, which no speed here counts: a step would take"
            + $" {Readable.Seconds(pipeline.StalledStepSeconds)} in place of {Readable.Seconds(pipeline.StepSeconds)}."
            + (pipeline.PlanStack == pipeline.Stack ? ""
                : pipeline.PlanStack is { } stack ? $" Whether {stack} does the same is not known: no run in it was measured."
                : " Whether your software does the same is not known: none is named (--stack).")
            + " Time a few steps on these machines before you pay for all"
            + (pipeline.Without is { } without
                ? $", or take {CandidateText.Name(without.Parallelism)} on {MachineWords.Of(without.Run.Machines)}:"
                    + $" {Readable.Usd(without.Run.CostUsd)} in {Readable.Hours(without.Run.Hours)}."
                : pipeline.Asked ? $", or ask without {stages} what that costs."
                : "; nothing without stages fits.");
    }

    /// <summary>On those that stand beside the recommendation.</summary>
    public static string Of(ListedPipelinesMayStall pipelines)
    {
        var (least, most) = (pipelines.Least, pipelines.Most);
        return (pipelines.Layouts == 1 ? "One listed layout has stages" : $"{pipelines.Layouts} listed layouts have stages")
            + $" and may stall: of measured pipelines ({pipelines.Stack} on {pipelines.Gpu}) {Readable.Percent(most.Share())} did on"
            + $" {most.Gpus} GPUs{(least.Gpus == most.Gpus ? "" : $", {Readable.Percent(least.Share())} on {least.Gpus}")}. Each message"
            + $" between stages came {Late(most)} late. Time a few steps before you choose one.";
    }

    private static string On(StalledCount measured, int gpus) =>
        measured.Gpus == gpus ? $"{gpus} GPUs" : $"{measured.Gpus} GPUs, the nearest number to {gpus} that was measured,";

    private static string Late(StalledCount measured) => measured.LeastSeconds == measured.MostSeconds
        ? $"{Readable.Number(measured.MostSeconds)} s"
        : $"{Readable.Number(measured.LeastSeconds)} to {Readable.Number(measured.MostSeconds)} s";
}
