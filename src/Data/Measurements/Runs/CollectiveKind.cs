using System.Text.Json.Serialization;

namespace SlmPlanner.Data.Measurements.Runs;

/// <summary>The collective operations that data-parallel training needs.</summary>
public enum CollectiveKind
{
    /// <summary>Every rank gets the sum over ranks.</summary>
    [JsonStringEnumMemberName("all_reduce")] AllReduce,

    /// <summary>Rank r gets the r-th part of the sum over ranks.</summary>
    [JsonStringEnumMemberName("reduce_scatter")] ReduceScatter,

    /// <summary>Every rank gets the parts of all ranks, in rank order.</summary>
    [JsonStringEnumMemberName("all_gather")] AllGather,

    /// <summary>Every rank gets the root's data.</summary>
    [JsonStringEnumMemberName("broadcast")] Broadcast,

    /// <summary>No rank goes on before all have come.</summary>
    [JsonStringEnumMemberName("barrier")] Barrier,
}

/// <summary>What a collective costs a network at least.</summary>
public static class CollectiveKinds
{
    /// <summary>
    /// Bus bandwidth over algorithm bandwidth: the bytes a rank must send for each byte of the whole message, 2(N−1)/N for
    /// all-reduce, (N−1)/N for reduce-scatter and all-gather, 1 for broadcast (nccl-tests, doc/PERFORMANCE.md).
    /// </summary>
    /// <param name="kind">The operation.</param>
    /// <param name="ranks">N ≥ 1.</param>
    public static double BusFactor(this CollectiveKind kind, int ranks) => kind switch
    {
        CollectiveKind.AllReduce => 2.0 * (ranks - 1) / ranks,
        CollectiveKind.ReduceScatter or CollectiveKind.AllGather => (ranks - 1.0) / ranks,
        CollectiveKind.Broadcast => ranks > 1 ? 1 : 0,
        _ => 0,
    };
}
