using System.Text.Json.Serialization;

namespace SlmPlanner.Core.Findings;

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
