using System.Text.Json.Serialization;

namespace SlmPlanner.Core.Economics.Renting;

/// <summary>A way to get hold of machines.</summary>
public enum WayToRent
{
    /// <summary>By the hour or less, from the moment one asks.</summary>
    [JsonStringEnumMemberName("on-demand")] OnDemand,

    /// <summary>By the hour, and taken away when somebody pays more.</summary>
    [JsonStringEnumMemberName("spot")] Spot,

    /// <summary>Queued until there is room, then kept for a stated time.</summary>
    [JsonStringEnumMemberName("flex-start")] FlexStart,

    /// <summary>Booked ahead for a stated time, which is paid whole.</summary>
    [JsonStringEnumMemberName("reservation")] Reservation,

    /// <summary>Through the provider's sales, with a contract.</summary>
    [JsonStringEnumMemberName("contract")] Contract,
}
