using System.Text.Json.Serialization;

namespace SlmPlanner.Data.Profiles;

/// <summary>How well a number is known.</summary>
public enum DatumKind
{
    /// <summary>Read in the sources named.</summary>
    [JsonStringEnumMemberName("datasheet")] Datasheet,

    /// <summary>The vendor's datasheet figure as remembered, not looked up: unverified.</summary>
    [JsonStringEnumMemberName("recalled")] Recalled,

    /// <summary>Follows from another number by the rule that the source states.</summary>
    [JsonStringEnumMemberName("derived")] Derived,

    /// <summary>Measured on the device.</summary>
    [JsonStringEnumMemberName("measured")] Measured,
}
