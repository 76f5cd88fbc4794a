using System.Text.Json.Serialization;

namespace SlmPlanner.Core.Planning.Requests;

/// <summary>What the recommendation minimises.</summary>
public enum Objective
{
    /// <summary>Money, within the deadline.</summary>
    [JsonStringEnumMemberName("cost")] Cost,

    /// <summary>Time, within the budget.</summary>
    [JsonStringEnumMemberName("time")] Time,

    /// <summary>Expected loss, within the budget and deadline.</summary>
    [JsonStringEnumMemberName("loss")] Loss,
}
