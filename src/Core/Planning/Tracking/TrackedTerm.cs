using System.Text.Json.Serialization;
using SlmPlanner.Core.Measurements.Runs;
using SlmPlanner.Core.Planning.Results;

namespace SlmPlanner.Core.Planning.Tracking;

/// <summary>Where time goes, against the plan.</summary>
/// <param name="Term">What takes it.</param>
/// <param name="PlannedSeconds">Seconds as planned; null where the plan has no such term.</param>
/// <param name="Seconds">Seconds as the log tells them.</param>
/// <param name="PlanTerms">The plan's terms that it stands for.</param>
public sealed record TrackedTerm(TrackedPart Term, double? PlannedSeconds, double Seconds, IReadOnlyList<string> PlanTerms)
{
    private const double SecondsPerHour = 3600;
    private static readonly string[] Optimizer = ["optimizer"], Exchange = ["communication"];

    /// <summary>The terms that a log tells: its step whole, the parts that the program times, and what is beside steps.</summary>
    /// <param name="log">The log.</param>
    /// <param name="plan">What was planned.</param>
    /// <param name="step">Seconds of a step now, its tokens, and the share of it that waits for data; null where that is not told.</param>
    /// <param name="besideSeconds">Seconds of the run so far in which no step was trained.</param>
    /// <param name="shareDone">Share of the steps that are done.</param>
    internal static IReadOnlyList<TrackedTerm> All(
        RunLog log, Candidate plan, (double Seconds, double Tokens, double? DataShare) step, double besideSeconds, double shareDone)
    {
        var planned = plan.Breakdown.StepTimeS;
        var terms = new List<TrackedTerm>
        {
            new(
                TrackedPart.Step, plan.StepTimeSeconds * step.Tokens / plan.TokensPerStep, step.Seconds,
                [.. planned.Select(term => term.Name)]),
        };
        if (Passes(log.Phases) is { } passes)
            Add(TrackedPart.Passes, [.. planned.Select(term => term.Name).Except(Optimizer).Except(Exchange)], passes);
        if (log.Phases.TryGetValue(StepPhase.GradientExchange, out var exchange))
            Add(TrackedPart.GradientExchange, Exchange, exchange);
        if (log.Phases.TryGetValue(StepPhase.Optimizer, out var optimizer))
            Add(TrackedPart.Optimizer, Optimizer, optimizer);
        if (step.DataShare is { } share)
            terms.Add(new(TrackedPart.WaitingForData, null, share * step.Seconds, []));
        var beside = plan.Hours * SecondsPerHour - plan.Tokens / plan.TokensPerSecond;
        terms.Add(new(TrackedPart.BesideSteps, Math.Max(0, beside) * shareDone, besideSeconds, []));
        return terms;

        void Add(TrackedPart part, IReadOnlyList<string> names, double seconds) =>
            terms.Add(new(part, planned.Where(term => names.Contains(term.Name)).Sum(term => term.Amount), seconds, names));
    }

    /// <summary>Both passes without the exchange of gradients; null where the log does not time them.</summary>
    private static double? Passes(IReadOnlyDictionary<StepPhase, double> phases)
    {
        double? both = phases.TryGetValue(StepPhase.ForwardBackward, out var whole) ? whole
            : phases.TryGetValue(StepPhase.Forward, out var forward) && phases.TryGetValue(StepPhase.Backward, out var backward)
                ? forward + backward : null;
        return both - phases.GetValueOrDefault(StepPhase.GradientExchange);
    }
}

/// <summary>What takes a run's time.</summary>
public enum TrackedPart
{
    /// <summary>A step, whole.</summary>
    [JsonStringEnumMemberName("step")] Step,

    /// <summary>Of a step: forward and backward pass.</summary>
    [JsonStringEnumMemberName("passes")] Passes,

    /// <summary>Of a step: the exchange of gradients that does not overlap.</summary>
    [JsonStringEnumMemberName("gradient_exchange")] GradientExchange,

    /// <summary>Of a step: the optimizer.</summary>
    [JsonStringEnumMemberName("optimizer")] Optimizer,

    /// <summary>Of a step: waiting for data, for which plans leave nothing.</summary>
    [JsonStringEnumMemberName("waiting_for_data")] WaitingForData,

    /// <summary>Of the run so far: start, evaluation, checkpoints, interruptions and what was done again.</summary>
    [JsonStringEnumMemberName("beside_steps")] BesideSteps,
}
