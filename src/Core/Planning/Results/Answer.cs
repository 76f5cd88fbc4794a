using System.Text.Json.Serialization;

namespace SlmPlanner.Core.Planning.Results;

/// <summary>One of the answers to choose from: all of them keep the limits, on machines that can be had.</summary>
/// <param name="Role">What it is best at.</param>
/// <param name="Recommended">True of the one that the objective asks for.</param>
/// <param name="Candidate">What to rent and how to split the work.</param>
public sealed record Answer(AnswerRole Role, bool Recommended, Candidate Candidate)
{
    /// <summary>
    /// What each day that it saves against the cheapest costs, USD: it pays where a day is worth more; null where it saves none.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? UsdPerDaySaved { get; init; }
}

/// <summary>What an answer is best at.</summary>
public enum AnswerRole
{
    /// <summary>Least expected cost.</summary>
    [JsonStringEnumMemberName("cheapest")] Cheapest,

    /// <summary>Cost and time together (<see cref="Search.Balance"/>).</summary>
    [JsonStringEnumMemberName("balanced")] Balanced,

    /// <summary>Least expected time.</summary>
    [JsonStringEnumMemberName("fastest")] Fastest,
}
