namespace SlmPlanner.Core.Planning.Requests;

/// <summary>What a request means where it says nothing.</summary>
public static class RequestDefaults
{
    /// <summary>Longest sequence assumed when none is asked for: what most small models are trained at.</summary>
    public const int LongestSequence = 2048;

    /// <summary>
    /// Sequences of an optimizer step of fine-tuning where nothing is said: what LIMA took for its smaller models (Zhou et al. 2023, section 3,
    /// recalled; 32 for the largest, QLoRA 16, Alpaca 128).
    /// </summary>
    public const int FineTuningSequences = 64;

    /// <summary>Longest run assumed where nothing else limits it: a month, unless the user's settings say otherwise.</summary>
    public const double LongestRunHours = 30 * 24;

    /// <summary>The request with its sequence length and, where nothing limits its length, the longest run as deadline.</summary>
    /// <param name="request">The request.</param>
    /// <param name="longestRunHours">Deadline where <see cref="Unlimited"/>.</param>
    public static PlanRequest Fill(PlanRequest request, double longestRunHours = LongestRunHours)
    {
        var seqLen = SeqLenOf(request);
        var samples = request.Samples?.For(seqLen);
        return request with
        {
            SeqLen = seqLen,
            Samples = samples,
            Tokens = request.Tokens ?? samples?.Tokens(seqLen),
            DeadlineHours = Unlimited(request) ? longestRunHours : request.DeadlineHours,
        };
    }

    /// <summary>Tokens of a sequence. Padded samples need no sequence longer than the longest of them.</summary>
    public static int SeqLenOf(PlanRequest request)
    {
        var most = request.SeqLen ?? Math.Min(request.Model?.MaxPositions ?? LongestSequence, LongestSequence);
        return request.Samples is { Padded: true, Lengths: { } lengths } ? (int)Math.Min(most, Math.Ceiling(lengths.Longest)) : most;
    }

    /// <summary>
    /// True when nothing keeps the cheapest answer from being months on one slow machine: no deadline, whatever the budget, which
    /// buys the more the slower it is spent.
    /// </summary>
    public static bool Unlimited(PlanRequest request) => request.DeadlineHours is null;
}
