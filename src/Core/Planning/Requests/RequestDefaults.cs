namespace SlmPlanner.Core.Planning.Requests;

/// <summary>What a request means where it says nothing.</summary>
internal static class RequestDefaults
{
    /// <summary>Longest sequence assumed when none is asked for: what most small models are trained at.</summary>
    public const int LongestSequence = 2048;

    /// <summary>Longest run assumed where nothing else limits it: a month, unless the user's settings say otherwise.</summary>
    public const double LongestRunHours = 30 * 24;

    /// <summary>The request with its sequence length and, where nothing limits its length, the longest run as deadline.</summary>
    /// <param name="request">The request.</param>
    /// <param name="longestRunHours">Deadline where <see cref="Unlimited"/>.</param>
    public static PlanRequest Fill(PlanRequest request, double longestRunHours = LongestRunHours) => request with
    {
        SeqLen = request.SeqLen ?? Math.Min(request.Model?.MaxPositions ?? LongestSequence, LongestSequence),
        DeadlineHours = Unlimited(request) ? longestRunHours : request.DeadlineHours,
    };

    /// <summary>
    /// True when nothing keeps the cheapest answer from being months on one slow machine: no deadline, whatever the budget, which
    /// buys the more the slower it is spent.
    /// </summary>
    public static bool Unlimited(PlanRequest request) => request.DeadlineHours is null;
}
