using SlmPlanner.Core.Planning.Explain;
using SlmPlanner.Core.Planning.Results;

namespace SlmPlanner.Presentation.Explanations;

/// <summary>One line of an explanation's table: a quantity of the candidate beside that of the other.</summary>
/// <param name="Quantity">What is measured, snake_case with the unit as suffix.</param>
/// <param name="Value">The candidate's.</param>
/// <param name="Other">The other's; null when there is none.</param>
internal sealed record ExplanationTerm(string Quantity, double Value, double? Other)
{
    /// <summary>The candidate's over the other's.</summary>
    public double? Ratio => Other is > 0 and var other ? Value / other : null;

    /// <summary>Every quantity of an explanation: totals, then each term of time and memory.</summary>
    public static IReadOnlyList<ExplanationTerm> Of(Explanation explanation)
    {
        if (explanation.Candidate is not { } candidate)
            return [];
        var others = explanation.Against is { } against ? Quantities(against).ToDictionary(part => part.Name, part => part.Amount) : null;
        return [.. Quantities(candidate).Select(part =>
            new ExplanationTerm(part.Name, part.Amount, others is not null && others.TryGetValue(part.Name, out var other) ? other
                : null))];
    }

    private static IEnumerable<NamedAmount> Quantities(Candidate candidate) =>
    [
        new("hours", candidate.Hours),
        .. Known("hours_median", candidate.HoursMedian),
        new("hours_low", candidate.HoursLow),
        new("hours_high", candidate.HoursHigh),
        new("cost_usd", candidate.CostUsd),
        .. Known("cost_usd_median", candidate.CostUsdMedian),
        new("cost_usd_low", candidate.CostUsdLow),
        new("cost_usd_high", candidate.CostUsdHigh),
        new("usd_per_hour", candidate.UsdPerHour),
        new("tokens_per_s", candidate.TokensPerSecond),
        new("tokens_per_s_low", candidate.TokensPerSecondLow),
        new("tokens_per_s_high", candidate.TokensPerSecondHigh),
        new("tokens_per_usd", candidate.TokensPerUsd),
        .. Known("expected_loss", candidate.ExpectedLoss),
        .. Known("loss_per_usd", candidate.LossPerUsd),
        .. Known("budget_kept_probability", candidate.BudgetKeptProbability),
        .. Known("deadline_kept_probability", candidate.DeadlineKeptProbability),
        new("gpus", candidate.Gpus),
        new("nodes", candidate.Nodes),
        new("micro_batch", candidate.MicroBatch),
        new("grad_accum", candidate.GradAccum),
        new("mfu", candidate.Mfu),
        new("step_time_s", candidate.StepTimeSeconds),
        .. candidate.Breakdown.StepTimeS.Select(term => term with { Name = $"step_{term.Name}_s" }),
        new("peak_memory_bytes", candidate.PeakMemoryBytes),
        new("device_memory_bytes", candidate.DeviceMemoryBytes),
        .. candidate.Breakdown.MemoryBytes.Select(part => part with { Name = $"memory_{part.Name}_bytes" }),
    ];

    /// <summary>A quantity that some candidates lack: nothing then.</summary>
    private static IEnumerable<NamedAmount> Known(string name, double? amount) =>
        amount is { } known ? [new(name, known)] : [];
}
