using SlmPlanner.Core;
using SlmPlanner.Core.Planning.Results;
using SlmPlanner.Core.Text;
using SlmPlanner.Core.Training;

namespace SlmPlanner.Planner.Export;

/// <summary>
/// A configuration for <c>accelerate launch --config_file</c>. Micro-batch, accumulation and attention are the training
/// script's there, so they stand in the comments (accelerate refuses keys that it does not know).
/// </summary>
internal static class AccelerateConfig
{
    /// <summary>The configuration as YAML.</summary>
    /// <exception cref="InputException">accelerate can't do what the plan says.</exception>
    public static string Write(Launch launch)
    {
        var candidate = launch.Candidate;
        if (candidate.Recomputation is Recomputation.Selective or Recomputation.Attention)
            throw new InputException($"recomputation is '{DeclaredName.Of(candidate.Recomputation)}', allowed with accelerate: none, full; "
                + "export to torchrun or torchtitan, whose script or configuration can have it");
        ModelSplit.Refuse(candidate, "accelerate");
        ZeroStage.RequireOneGroup(candidate.Parallelism);
        if (candidate.Parallelism is { Name: SchemeName.Hsdp, Group: > 0 } grouped)
            throw new InputException($"parallelism '{grouped}': HYBRID_SHARD shares states among the {candidate.GpusPerNode} GPUs of a "
                + "machine, not in other groups: export to torchtitan, deepspeed or torchrun, or plan with hsdp");
        var config = new Dictionary<string, object>
        {
            ["compute_environment"] = "LOCAL_MACHINE",
            ["debug"] = false,
            ["distributed_type"] = DistributedType(candidate),
            ["machine_rank"] = 0,
            ["main_process_port"] = 29500,
            ["main_training_function"] = "main",
            ["mixed_precision"] = MixedPrecision(candidate.Precision),
            ["num_machines"] = candidate.Nodes,
            ["num_processes"] = candidate.Gpus,
            ["rdzv_backend"] = "static",
            ["same_network"] = true,
            ["use_cpu"] = false,
        };
        if (candidate.Compile)
            config["dynamo_config"] = new Dictionary<string, object> { ["dynamo_backend"] = "INDUCTOR" };
        if (Sharding(candidate.Parallelism.Name) is { } strategy)
            config["fsdp_config"] = FsdpConfig(strategy, candidate.Recomputation);
        if (candidate.Parallelism.Name is SchemeName.Zero1 or SchemeName.Zero2)
            config["deepspeed_config"] = ZeroConfig(candidate);
        return PlanFacts.Comments(launch) + LaunchYaml.Maps.Serialize(config);
    }

    private static string DistributedType(Candidate candidate) => candidate.Parallelism.Name switch
    {
        SchemeName.Ddp => candidate.Gpus > 1 ? "MULTI_GPU" : "NO",
        SchemeName.Zero1 or SchemeName.Zero2 => "DEEPSPEED",
        _ => "FSDP",
    };

    private static string? Sharding(SchemeName scheme) => scheme switch
    {
        SchemeName.FsdpFull => "FULL_SHARD",
        SchemeName.FsdpGradOp => "SHARD_GRAD_OP",
        SchemeName.Hsdp => "HYBRID_SHARD",
        _ => null,
    };

    /// <summary>fp32 and tf32 differ by a switch of the script; pure bf16 by the model's own type: neither is mixed.</summary>
    private static string MixedPrecision(Precision precision) => precision switch
    {
        Precision.Bf16Mixed => "bf16",
        Precision.Fp16Mixed => "fp16",
        Precision.Fp8Mixed => "fp8",
        _ => "no",
    };

    private static Dictionary<string, object> FsdpConfig(string strategy, Recomputation recomputation) => new()
    {
        ["fsdp_version"] = 1,
        ["fsdp_sharding_strategy"] = strategy,
        ["fsdp_activation_checkpointing"] = recomputation == Recomputation.Full,
        ["fsdp_auto_wrap_policy"] = "TRANSFORMER_BASED_WRAP",
        ["fsdp_backward_prefetch"] = "BACKWARD_PRE",
        ["fsdp_offload_params"] = false,
        ["fsdp_state_dict_type"] = "SHARDED_STATE_DICT",
        ["fsdp_sync_module_states"] = true,
        ["fsdp_use_orig_params"] = true,
    };

    private static Dictionary<string, object> ZeroConfig(Candidate candidate) => new()
    {
        ["zero_stage"] = ZeroStage.Of(candidate.Parallelism.Name),
        ["gradient_accumulation_steps"] = candidate.GradAccum,
        ["offload_optimizer_device"] = "none",
        ["offload_param_device"] = "none",
        ["zero3_init_flag"] = false,
    };
}
