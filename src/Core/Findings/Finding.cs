using System.Text.Json.Serialization;

namespace SlmPlanner.Core.Findings;

/// <summary>
/// Something a reader should know. Each kind is a record of its own with the numbers in it; the sentence is made where it is shown.
/// </summary>
/// <param name="Severity">How much it matters.</param>
/// <param name="Id">A stable kebab-case key, for example <c>stale-prices</c>.</param>
public abstract record Finding(Severity Severity, string Id);

/// <summary>A finding of a file, which holds the sentence and not the facts.</summary>
/// <param name="Severity">How much it matters.</param>
/// <param name="Id">Its key.</param>
/// <param name="Message">The sentence.</param>
public sealed record ToldFinding(Severity Severity, string Id, string Message) : Finding(Severity, Id);

/// <summary>How much a finding matters.</summary>
public enum Severity
{
    /// <summary>Worth knowing.</summary>
    [JsonStringEnumMemberName("hint")] Hint,

    /// <summary>May change the decision.</summary>
    [JsonStringEnumMemberName("warning")] Warning,

    /// <summary>The result can't be relied on.</summary>
    [JsonStringEnumMemberName("error")] Error,
}
