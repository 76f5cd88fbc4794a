using SlmPlanner.Core.Planning.Results;
using SlmPlanner.Core.Text;

namespace SlmPlanner.Core.Planning.Answers;

/// <summary>What a step's time goes into, in words.</summary>
public static class StepTerms
{
    /// <summary>A term with less than this share of the step is not worth a mention.</summary>
    private const double LeastShare = 0.05;

    private static readonly Dictionary<string, string> Words = new(StringComparer.Ordinal)
    {
        ["matmul"] = "matrix multiplies",
        ["logits"] = "logits and loss",
        ["attention"] = "attention",
        ["memory_bound"] = "memory-bound work",
        ["recompute"] = "recomputation",
        ["launch"] = "kernel launches",
        ["optimizer"] = "the optimizer",
        ["communication"] = "exposed communication",
        ["fixed"] = "fixed overhead",
    };

    /// <summary>A term's name for people.</summary>
    /// <param name="term">Its name in a <see cref="CandidateBreakdown"/>.</param>
    public static string InWords(string term) => Words.GetValueOrDefault(term, term);

    /// <summary>The largest terms of a candidate's step with their shares, and its utilisation.</summary>
    public static string Sentence(Candidate candidate)
    {
        var shares = candidate.Breakdown.StepTimeS
            .OrderByDescending(term => term.Amount)
            .Select(term => (Name: InWords(term.Name), Share: term.Amount / candidate.StepTimeSeconds))
            .Where((term, index) => index == 0 || (index < 3 && term.Share >= LeastShare))
            .Select(term => $"{Readable.Percent(term.Share)} {term.Name}");
        return $"A step takes {Readable.Seconds(candidate.StepTimeSeconds)}, of which {string.Join(", ", shares)}; model FLOPs utilisation is {Readable.Percent(candidate.Mfu)}.";
    }
}
