using System.Text.Json.Serialization;

namespace SlmPlanner.Data.Measurements.Bursts;

/// <summary>How the ranks of a burst share the model's states.</summary>
public enum BurstParallelism
{
    /// <summary>One rank.</summary>
    [JsonStringEnumMemberName("single")] OneRank,

    /// <summary>Everything replicated, gradients all-reduced.</summary>
    [JsonStringEnumMemberName("ddp")] Ddp,

    /// <summary>Optimizer states sharded.</summary>
    [JsonStringEnumMemberName("zero1")] Zero1,

    /// <summary>Gradients and optimizer states sharded.</summary>
    [JsonStringEnumMemberName("zero2")] Zero2,

    /// <summary>Parameters sharded too, gathered block by block.</summary>
    [JsonStringEnumMemberName("fsdp_full")] FsdpFull,

    /// <summary>Parameters sharded among the ranks of a host, replicated across hosts.</summary>
    [JsonStringEnumMemberName("hsdp")] Hsdp,
}
