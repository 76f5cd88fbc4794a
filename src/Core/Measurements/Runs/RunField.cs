using System.Text.Json.Serialization;

namespace SlmPlanner.Core.Measurements.Runs;

/// <summary>What can be known of a run beside its steps. Each has one name in outputs.</summary>
public enum RunField
{
    /// <summary>The training program.</summary>
    [JsonStringEnumMemberName("stack")] Stack,

    /// <summary>Name of the model, as the log or configuration gives it.</summary>
    [JsonStringEnumMemberName("model")] Model,

    /// <summary>Parameters as the program counts them.</summary>
    [JsonStringEnumMemberName("params")] Parameters,

    /// <summary>Blocks.</summary>
    [JsonStringEnumMemberName("n_layers")] Layers,

    /// <summary>Hidden width.</summary>
    [JsonStringEnumMemberName("d_model")] DModel,

    /// <summary>Query heads.</summary>
    [JsonStringEnumMemberName("n_heads")] Heads,

    /// <summary>Key-value heads.</summary>
    [JsonStringEnumMemberName("n_kv_heads")] KvHeads,

    /// <summary>Feed-forward width.</summary>
    [JsonStringEnumMemberName("d_ffn")] DFfn,

    /// <summary>Feed-forward kind: <c>gelu</c> or <c>swiglu</c>.</summary>
    [JsonStringEnumMemberName("ffn_kind")] FfnKind,

    /// <summary>Vocabulary.</summary>
    [JsonStringEnumMemberName("vocab")] Vocab,

    /// <summary>Whether the head shares the embedding table.</summary>
    [JsonStringEnumMemberName("tied_embeddings")] TiedEmbeddings,

    /// <summary>Device in the log's words.</summary>
    [JsonStringEnumMemberName("gpu")] Gpu,

    /// <summary>Memory of one device, GiB.</summary>
    [JsonStringEnumMemberName("device_mem_gib")] GpuMemoryGib,

    /// <summary>Devices.</summary>
    [JsonStringEnumMemberName("n_gpus")] Gpus,

    /// <summary>Devices of one node.</summary>
    [JsonStringEnumMemberName("gpus_per_node")] GpusPerNode,

    /// <summary>Nodes.</summary>
    [JsonStringEnumMemberName("nodes")] Nodes,

    /// <summary>Sequences per device and forward pass.</summary>
    [JsonStringEnumMemberName("micro_batch_per_gpu")] MicroBatch,

    /// <summary>Micro-batches per step.</summary>
    [JsonStringEnumMemberName("grad_accum")] GradAccum,

    /// <summary>Tokens per sequence.</summary>
    [JsonStringEnumMemberName("seq_len")] SeqLen,

    /// <summary>Sequences per step over all devices.</summary>
    [JsonStringEnumMemberName("global_batch")] GlobalBatch,

    /// <summary>Tokens per step over all devices.</summary>
    [JsonStringEnumMemberName("tokens_per_step")] TokensPerStep,

    /// <summary>Number format, in the words of measured rows.</summary>
    [JsonStringEnumMemberName("precision")] Precision,

    /// <summary>Attention, in the words of measured rows.</summary>
    [JsonStringEnumMemberName("attention")] Attention,

    /// <summary>Recomputation, in the words of measured rows.</summary>
    [JsonStringEnumMemberName("activation_checkpointing")] Recomputation,

    /// <summary>Whether a compiler fuses kernels.</summary>
    [JsonStringEnumMemberName("compile")] Compile,

    /// <summary>The optimizer.</summary>
    [JsonStringEnumMemberName("optimizer")] Optimizer,

    /// <summary>How states are shared: <c>ddp</c>, <c>zero1</c>, <c>zero2</c>, <c>fsdp_full</c>, … or a whole written scheme.</summary>
    [JsonStringEnumMemberName("parallelism")] Parallelism,

    /// <summary>Data-parallel copies of the model's states.</summary>
    [JsonStringEnumMemberName("dp_replicate")] Replicas,

    /// <summary>Ranks that share one copy.</summary>
    [JsonStringEnumMemberName("dp_shard")] Shards,

    /// <summary>Tensor-parallel ranks.</summary>
    [JsonStringEnumMemberName("tp")] Tensor,

    /// <summary>Pipeline stages.</summary>
    [JsonStringEnumMemberName("pp")] Pipeline,

    /// <summary>Context-parallel ranks.</summary>
    [JsonStringEnumMemberName("cp")] Context,

    /// <summary>Expert-parallel ranks.</summary>
    [JsonStringEnumMemberName("ep")] Expert,

    /// <summary>Steps that the run is to make.</summary>
    [JsonStringEnumMemberName("total_steps")] TotalSteps,

    /// <summary>Operations per second that the program divides by for its MFU.</summary>
    [JsonStringEnumMemberName("peak_flops")] PeakFlops,

    /// <summary>Id of the plan that the run follows.</summary>
    [JsonStringEnumMemberName("plan_id")] PlanId,

    /// <summary>How the loss goes over tokens, where that is told: <c>chunked</c> or <c>fused</c>.</summary>
    [JsonStringEnumMemberName("loss")] Loss,

    /// <summary>What waits in the host's memory, where that is told: <c>activations</c>, or <c>states</c> of parameters.</summary>
    [JsonStringEnumMemberName("offload")] Offload,

    /// <summary>Which parameters are trained, where only some are: <c>lora</c>, <c>qlora</c> or <c>freeze</c>.</summary>
    [JsonStringEnumMemberName("method")] Method,

    /// <summary>Sequences per device of an evaluation, whether or not there is one.</summary>
    [JsonStringEnumMemberName("eval_batch")] EvalBatch,

    /// <summary>Whether the run is evaluated between steps.</summary>
    [JsonStringEnumMemberName("evaluates")] Evaluates,
}
