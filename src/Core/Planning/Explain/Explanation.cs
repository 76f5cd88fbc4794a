using System.Text.Json.Serialization;

namespace SlmPlanner.Core.Planning.Explain;

/// <summary>Why a candidate wins or does not, term by term.</summary>
/// <param name="Asked">What was asked about.</param>
/// <param name="Candidate">The best candidate of that kind; null when none can be predicted or fits.</param>
/// <param name="Against">The recommendation, or the best limits aside; null when the candidate is it.</param>
public sealed record Explanation(string Asked, Candidate? Candidate, Candidate? Against)
{
    /// <summary>Version of this format.</summary>
    public int SchemaVersion { get; init; } = 1;

    /// <summary>What the candidate does and does not keep, and what sets it apart; null without a candidate.</summary>
    [JsonIgnore]
    public Contrast? Contrast { get; init; }

    /// <summary>Why there is no such candidate; null when there is one.</summary>
    [JsonIgnore]
    public Absence? Absence { get; init; }
}
