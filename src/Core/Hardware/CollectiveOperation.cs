using System.Text.Json.Serialization;

namespace SlmPlanner.Core.Hardware;

/// <summary>The messages whose time training on several devices depends on.</summary>
public enum CollectiveOperation
{
    /// <summary>Every rank gets the sum over ranks.</summary>
    [JsonStringEnumMemberName("all_reduce")] AllReduce,

    /// <summary>Rank r gets the r-th part of the sum over ranks.</summary>
    [JsonStringEnumMemberName("reduce_scatter")] ReduceScatter,

    /// <summary>Every rank gets the parts of all ranks.</summary>
    [JsonStringEnumMemberName("all_gather")] AllGather,

    /// <summary>Every rank sends a part to each other rank.</summary>
    [JsonStringEnumMemberName("all_to_all")] AllToAll,

    /// <summary>A rank sends to its neighbour and receives from it, or from the other one.</summary>
    [JsonStringEnumMemberName("send_receive")] SendReceive,
}
