using SlmPlanner.Core.Planning.Results;

namespace SlmPlanner.Core.Planning.Explain;

/// <summary>Why a candidate wins or does not, term by term.</summary>
/// <param name="Asked">What was asked about.</param>
/// <param name="Candidate">The best candidate of that kind; null when none can be predicted or fits.</param>
/// <param name="Against">The recommendation, or the best limits aside; null when the candidate is it.</param>
/// <param name="Sentences">The explanation in sentences made from the numbers.</param>
public sealed record Explanation(string Asked, Candidate? Candidate, Candidate? Against, IReadOnlyList<string> Sentences)
{
    /// <summary>Version of this format.</summary>
    public int SchemaVersion { get; init; } = 1;
}
