using SlmPlanner.Core.Planning.Explain;
using SlmPlanner.Core.Planning.Requests;
using SlmPlanner.Core.Planning.Results;

namespace SlmPlanner.Presentation.Wording;

/// <summary>An explanation, one sentence each.</summary>
internal static class ExplanationWords
{
    /// <summary>All sentences that apply.</summary>
    public static IReadOnlyList<string> Of(Explanation explanation)
    {
        if (explanation.Absence is { } absence)
            return [Missing(explanation.Asked, absence)];
        if (explanation is not { Candidate: { } candidate, Contrast: { } contrast })
            return [];
        IEnumerable<string?> sentences =
        [
            Summary(candidate),
            OverLimit(contrast),
            .. explanation.Against is { } against ? Against(candidate, contrast, against) : [],
            PlanReasons.Step(candidate),
            Memory(candidate),
            EvaluationWords.Of(candidate),
            explanation.Stall is { } stall ? StallWords.Of(stall) : null,
            .. LearnedWords.Of(explanation.Learned),
            explanation.OpenInputs is { Count: > 0 } open ? OpenInputWords.Of(open) : null,
        ];
        return [.. sentences.OfType<string>()];
    }

    /// <summary>Why there is no candidate of the kind that was asked about.</summary>
    public static string Missing(string asked, Absence absence) =>
        absence is NothingFeasible ? RejectionWords.Of(absence) : $"{asked}: {RejectionWords.Of(absence)}";

    private static string Summary(Candidate candidate) =>
        $"{MachineWords.Of(candidate)} trains {Readable.Count(candidate.Tokens)} tokens of {candidate.Model}"
        + $" in {Readable.Hours(candidate.Hours)} for {Readable.Usd(candidate.CostUsd)}: {Readable.Count(candidate.TokensPerSecond)} "
        + $"tokens/s at"
        + $" {Readable.Usd(candidate.UsdPerHour)} per hour.";

    private static string? OverLimit(Contrast contrast)
    {
        var (cost, hours) = (contrast.LimitCostUsd, contrast.LimitHours);
        IEnumerable<string?> misses =
        [
            contrast.Request.BudgetUsd is { } budget && cost > budget
                ? $"the budget of {Readable.Usd(budget)} by {Readable.Percent(cost / budget - 1)} ({Readable.Usd(cost)})" : null,
            contrast.Request.DeadlineHours is { } deadline && hours > deadline
                ? $"the deadline of {Readable.Hours(deadline)} by {Readable.Percent(hours / deadline - 1)} ({Readable.Hours(hours)})"
                : null,
        ];
        var parts = misses.OfType<string>().ToList();
        return parts.Count == 0 ? null : $"At {Readable.Percent(contrast.Request.Confidence)} confidence it misses"
            + $" {string.Join(" and ", parts)}.";
    }

    private static IEnumerable<string?> Against(Candidate candidate, Contrast contrast, Candidate against)
    {
        var rival = contrast.Rival ?? "the winner";
        yield return $"It is compared with {rival}, {MachineWords.Of(against)}: {Readable.Hours(against.Hours)} and"
            + $" {Readable.Usd(against.CostUsd)}.";
        yield return $"It is {Times(candidate.TokensPerSecond / against.TokensPerSecond)} as fast as {rival}"
            + $" at {Times(candidate.UsdPerHour / against.UsdPerHour)} the price per hour;"
            + $" with start-up and stops the run is expected to cost {Times(candidate.CostUsd / against.CostUsd)} as much.";
        yield return contrast.Request.Objective == Objective.Time && candidate.Hours > against.Hours
            ? $"The least time was asked for, and it is expected to take {Times(candidate.Hours / against.Hours)} as long as {rival}."
            : null;
        yield return BreakEven(candidate, contrast, rival);
        yield return contrast.LargestDifference is { } difference
            ? $"Its largest loss against {rival} is {BreakdownWords.StepTerm(difference.Term)}: {Readable.Number(difference.Own)}"
                + $" against {Readable.Number(difference.Other)} GPU-seconds per million tokens."
            : null;
    }

    private static string? BreakEven(Candidate candidate, Contrast contrast, string rival)
    {
        if (contrast.BreakEvenUsdPerGpuHour is not { } price)
            return null;
        var late = contrast.LimitHours > contrast.Request.DeadlineHours ? "; the deadline would still be missed" : "";
        return $"It would be as cheap as {rival} at {Readable.Usd(price)} per GPU-hour, instead of"
            + $" {Readable.Usd(candidate.UsdPerHour / candidate.Gpus)}{late}.";
    }

    private static string Memory(Candidate candidate) =>
        $"{CandidateText.Name(candidate.Parallelism)}, micro-batch {candidate.MicroBatch} × {candidate.GradAccum}, recomputation"
            + $" {CandidateText.Name(candidate.Recomputation)}{LongSequenceWords.After(candidate)}"
            + EvaluationWords.After(candidate.EvalBatch)
        + $" needs {Readable.Gib(candidate.PeakMemoryBytes)} of {Readable.Gib(candidate.DeviceMemoryBytes)} per GPU;"
        + $" most of it is {BreakdownWords.MemoryComponent(candidate.Breakdown.MemoryBytes.MaxBy(part => part.Amount)!.Name)}.";

    private static string Times(double ratio) => $"{Readable.Number(ratio)} times";
}
