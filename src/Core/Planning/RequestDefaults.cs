namespace SlmPlanner.Core.Planning;

/// <summary>What a request means where it says nothing.</summary>
public static class RequestDefaults
{
    /// <summary>Longest sequence assumed when none is asked for: what most small models are trained at.</summary>
    public const int LongestSequence = 2048;

    /// <summary>Deadline assumed for the cheapest plan when no limit is given: without one the slowest machine would win.</summary>
    public const double DeadlineHours = 30 * 24;

    /// <summary>The request with its sequence length and, where no limit is given, a deadline.</summary>
    public static PlanRequest Fill(PlanRequest request) => request with
    {
        SeqLen = request.SeqLen ?? Math.Min(request.Model?.MaxPositions ?? LongestSequence, LongestSequence),
        DeadlineHours = Unlimited(request) ? DeadlineHours : request.DeadlineHours,
    };

    /// <summary>True when the request leaves both budget and deadline open and asks for the cheapest.</summary>
    public static bool Unlimited(PlanRequest request) =>
        request is { Objective: Objective.Cost, BudgetUsd: null, DeadlineHours: null };
}
