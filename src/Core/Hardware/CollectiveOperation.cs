using System.Text.Json.Serialization;

namespace SlmPlanner.Core.Hardware;

/// <summary>The collectives whose time data-parallel training depends on.</summary>
public enum CollectiveOperation
{
    /// <summary>Every rank gets the sum over ranks.</summary>
    [JsonStringEnumMemberName("all_reduce")] AllReduce,

    /// <summary>Rank r gets the r-th part of the sum over ranks.</summary>
    [JsonStringEnumMemberName("reduce_scatter")] ReduceScatter,

    /// <summary>Every rank gets the parts of all ranks.</summary>
    [JsonStringEnumMemberName("all_gather")] AllGather,
}
