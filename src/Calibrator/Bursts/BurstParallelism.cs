using System.Text.Json.Serialization;

namespace SlmPlanner.Calibrator.Bursts;

/// <summary>How the ranks of a burst share the model's states.</summary>
internal enum BurstParallelism
{
    /// <summary>One rank.</summary>
    [JsonStringEnumMemberName("single")] Single,

    /// <summary>Everything replicated, gradients all-reduced.</summary>
    [JsonStringEnumMemberName("ddp")] Ddp,

    /// <summary>Gradients and optimizer states sharded.</summary>
    [JsonStringEnumMemberName("zero2")] Zero2,

    /// <summary>Parameters sharded too, gathered block by block.</summary>
    [JsonStringEnumMemberName("fsdp_full")] FsdpFull,
}
