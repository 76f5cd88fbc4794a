using System.Text.Json.Serialization;

namespace SlmPlanner.Core.Models;

/// <summary>How positions enter the model.</summary>
public enum PositionKind
{
    /// <summary>A learned table of MaxPositions × d parameters.</summary>
    [JsonStringEnumMemberName("learned")] Learned,

    /// <summary>Rotary embedding of queries and keys; no parameters.</summary>
    [JsonStringEnumMemberName("rotary")] Rotary,

    /// <summary>A linear bias on the scores; no parameters.</summary>
    [JsonStringEnumMemberName("alibi")] Alibi,

    /// <summary>None.</summary>
    [JsonStringEnumMemberName("none")] None,
}
