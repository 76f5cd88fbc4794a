using SlmPlanner.Core.Planning;
using SlmPlanner.Core.Planning.Explain;

namespace SlmPlanner.Planner.Reporting.Explanations;

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
        return [.. Quantities(candidate).Select(part => new ExplanationTerm(part.Name, part.Amount, others?[part.Name]))];
    }

    private static IEnumerable<NamedAmount> Quantities(Candidate candidate) =>
    [
        new("hours", candidate.Hours),
        new("cost_usd", candidate.CostUsd),
        new("usd_per_hour", candidate.UsdPerHour),
        new("tokens_per_s", candidate.TokensPerSecond),
        new("tokens_per_usd", candidate.TokensPerUsd),
        new("gpus", candidate.Gpus),
        new("micro_batch", candidate.MicroBatch),
        new("grad_accum", candidate.GradAccum),
        new("mfu", candidate.Mfu),
        new("step_time_s", candidate.StepTimeSeconds),
        .. candidate.Breakdown.StepTimeS.Select(term => term with { Name = $"step_{term.Name}_s" }),
        new("peak_memory_bytes", candidate.PeakMemoryBytes),
        .. candidate.Breakdown.MemoryBytes.Select(part => part with { Name = $"memory_{part.Name}_bytes" }),
    ];
}
