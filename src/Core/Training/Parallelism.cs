using System.Text.Json.Serialization;

namespace SlmPlanner.Core.Training;

/// <summary>How the data-parallel ranks share parameters, gradients and optimizer states.</summary>
public enum Parallelism
{
    /// <summary>Everything replicated; gradients all-reduced. One GPU is the case without communication.</summary>
    [JsonStringEnumMemberName("ddp")] Ddp,

    /// <summary>Optimizer states sharded (ZeRO stage 1).</summary>
    [JsonStringEnumMemberName("zero1")] Zero1,

    /// <summary>Optimizer states and gradients sharded (ZeRO stage 2).</summary>
    [JsonStringEnumMemberName("zero2")] Zero2,

    /// <summary>FSDP SHARD_GRAD_OP: parameters gathered once per step and kept until the backward pass ends.</summary>
    [JsonStringEnumMemberName("fsdp_grad_op")] FsdpGradOp,

    /// <summary>FSDP FULL_SHARD (ZeRO stage 3): parameters gathered per block before each use.</summary>
    [JsonStringEnumMemberName("fsdp_full")] FsdpFull,

    /// <summary>Full sharding inside a node, replication across nodes (HYBRID_SHARD).</summary>
    [JsonStringEnumMemberName("hsdp")] Hsdp,
}
