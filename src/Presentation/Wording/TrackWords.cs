using System.Globalization;
using SlmPlanner.Core.Planning.Tracking;

namespace SlmPlanner.Presentation.Wording;

/// <summary>Advice about a run, in sentences.</summary>
internal static class TrackWords
{
    /// <summary>A run beside a learned one.</summary>
    public static string Of(LikeRun like) => $"{like.Name}: " + (like is { Loss: { } loss, LearnedLoss: { } learned, Tokens: { } tokens }
        ? string.Create(CultureInfo.InvariantCulture,
            $"loss {loss:0.000} where it had {learned:0.000} ({loss - learned:+0.000;-0.000}) up to {Readable.Count(tokens)} tokens")
        : "no losses at tokens that both have") + (like.LearnedTokensPerSPerGpu is { } rate
        ? $"; {Readable.Percent(like.TokensPerSPerGpu / rate)} of its tokens/s per GPU" : "");

    /// <summary>Advice as a sentence.</summary>
    public static string Of(Advice advice) => advice.Action switch
    {
        AdviceAction.Continue => "Go on: the run keeps its plan.",
        AdviceAction.Done => "All steps are done: give the machines back.",
        AdviceAction.Stop => Text($"Stop or raise the limit: the chance to keep it is {advice.Number:P0}."),
        AdviceAction.Move => Text($"Move to {advice.Offer}: the rest costs ${advice.SavesUsd:N2} less, ${advice.MoveUsd:N2} of moving taken off."),
        AdviceAction.LargerMicroBatch =>
            Text($"Try a micro-batch of {advice.Number:N0} at the next restart: less than half of the memory is used."),
        AdviceAction.MendDataLoading =>
            Text($"Mend the loading of data: {advice.Number:P0} of a step waits for it, ${advice.SavesUsd:N2} until the end."),
        AdviceAction.LookAtMachine =>
            Text($"Look at the machine: steps take {advice.Number:0.00} times as long as before, ${advice.SavesUsd:N2} until the end."),
        AdviceAction.PlanAgain =>
            Text($"Plan again with this log learned: the run has {advice.Number:P0} of the planned speed, outside the plan's interval."),
        _ => advice.Action.ToString(),
    };

    /// <summary>What takes time, as the head of a line.</summary>
    public static string Of(TrackedPart part) => part switch
    {
        TrackedPart.Step => "a step",
        TrackedPart.Passes => "  passes",
        TrackedPart.GradientExchange => "  exchange",
        TrackedPart.Optimizer => "  optimizer",
        TrackedPart.WaitingForData => "  data",
        TrackedPart.BesideSteps => "beside steps",
        _ => part.ToString(),
    };

    /// <summary>A time and what was planned.</summary>
    public static string Against(double seconds, double? planned) =>
        $"{Time(seconds)}, {(planned is { } said ? $"planned {Time(said)}" : "not in the plan")}";

    /// <summary>Seconds in the unit that suits them.</summary>
    public static string Time(double seconds) => seconds switch
    {
        < 600 => $"{Readable.Number(seconds)} s",
        < 7200 => Text($"{seconds / 60:0.#} min"),
        _ => Text($"{seconds / 3600:0.##} h"),
    };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
