using SlmPlanner.Core.Measurements.Runs;

namespace SlmPlanner.Data.Logs.Config;

/// <summary>Settings whose value is a word, in the words of measured rows.</summary>
internal static class ConfigWords
{
    /// <summary>What a setting says; nothing where it is not known.</summary>
    /// <param name="name">The setting, lower case with underscores.</param>
    /// <param name="value">Its value in lower case.</param>
    public static IEnumerable<(RunField Field, string Word)> Of(string name, string value)
    {
        var isOn = value is "true" or "1" or "yes" or "enabled";
        (RunField, string)? told = name switch
        {
            "precision" or "mixed_precision" or "dtype" or "mixed_precision_param" or "params_dtype" => Precision(value),
            "bf16" or "bfloat16_enabled" when isOn => (RunField.Precision, "bf16"),
            "fp16" or "fp16_enabled" when isOn => (RunField.Precision, "fp16"),
            "fp8" when value is not ("false" or "none") => (RunField.Precision, "fp8"),
            "compile" or "torch_compile" or "compile_model" when isOn => (RunField.Compile, "true"),
            "compile" or "torch_compile" or "compile_model" when value is "false" => (RunField.Compile, "false"),
            "use_flash_attn" or "use_flash_attn_v2" or "use_flash_attn_triton" or "flash_attention" or "use_flash_attention"
                when isOn => (RunField.Attention, "flash"),
            "attn_impl" or "attn_implementation" or "_attn_implementation" => Attention(value),
            "gradient_checkpointing" or "activation_checkpointing" or "fsdp_activation_checkpointing" => isOn
                ? (RunField.Recomputation, "full")
                : value is "false" or "none" ? (RunField.Recomputation, "none") : value is "full" or "selective"
                    ? (RunField.Recomputation, value) : null,
            "recompute_granularity" or "activations_checkpoint_granularity" => (RunField.Recomputation, value switch
            {
                "selective" => "attention",
                "full" => "full",
                _ => "none",
            }),
            "optimizer" or "optim" or "optimizer_name" when value.Length < 40 => (RunField.Optimizer, value),
            "use_liger_kernel" or "liger_fused_linear_cross_entropy" when isOn => (RunField.Loss, "fused"),
            "loss_type" when value is "chunked_nll" => (RunField.Loss, "chunked"),
            "activation_offloading" or "enable_activation_offloading" when isOn => (RunField.Offload, "activations"),
            "fsdp_offload_params" or "enable_cpu_offload" or "fsdp_cpu_offload" or "optimizer_cpu_offload" when isOn =>
                (RunField.Offload, "states"),
            "offload_optimizer_device" or "offload_param_device" when value is "cpu" or "nvme" => (RunField.Offload, "states"),
            "adapter" or "finetuning_type" or "train_type" when value is "lora" or "qlora" or "freeze" => (RunField.Method, value),
            "eval_strategy" or "evaluation_strategy" => value.Replace("intervalstrategy.", "", StringComparison.Ordinal) switch
            {
                "no" => (RunField.Evaluates, "false"),
                "steps" or "epoch" => (RunField.Evaluates, "true"),
                _ => null,
            },
            "use_peft" when isOn => (RunField.Method, "lora"),
            "dynamo_backend" when value is not ("no" or "") => (RunField.Compile, "true"),
            "use_distributed_optimizer" or "overlap_param_gather" when isOn => (RunField.Parallelism, "zero1"),
            "zero_stage" or "zero_optimization_stage" => Zero(value),
            "fsdp" when value is not "false" => Sharding(value.Split(' ')[0]),
            "sharding_strategy" or "fsdp_sharding_strategy" or "fsdp_reshard_after_forward" => Sharding(value),
            "distributed_type" => value switch
            {
                "multi_gpu" => (RunField.Parallelism, "ddp"),
                "fsdp" => (RunField.Parallelism, "fsdp_full"),
                _ => null,
            },
            "swiglu" when isOn => (RunField.FfnKind, "swiglu"),
            "tie_word_embeddings" or "tie_embeddings" or "weight_tying" or "enable_weight_tying" =>
                (RunField.TiedEmbeddings, isOn ? "true" : "false"),
            "untie_embeddings_and_output_weights" => (RunField.TiedEmbeddings, isOn ? "false" : "true"),
            "slm_plan_id" or "plan_id" when value.Length is >= 8 and <= 64 && value.All(char.IsAsciiHexDigit) => (RunField.PlanId, value),
            _ => null,
        };
        return told is { } one ? [one] : [];
    }

    private static (RunField, string)? Precision(string value) => value switch
    {
        "bfloat16" or "bf16" or "bf16-mixed" or "amp_bf16" or "torch.bfloat16" => (RunField.Precision, "bf16"),
        "bf16-true" => (RunField.Precision, "bf16-pure"),
        "float16" or "fp16" or "16-mixed" or "amp_fp16" or "torch.float16" => (RunField.Precision, "fp16"),
        "amp_fp8" or "fp8" => (RunField.Precision, "fp8"),
        "tf32" => (RunField.Precision, "tf32"),
        "fp32" => (RunField.Precision, "fp32"),
        _ => null,
    };

    private static (RunField, string)? Attention(string value) => value switch
    {
        "flash" or "flash_attention_2" or "flash_attention_3" => (RunField.Attention, "flash"),
        "sdpa" => (RunField.Attention, "sdpa"),
        "eager" or "torch" => (RunField.Attention, "vanilla"),
        _ => null,
    };

    private static (RunField, string)? Zero(string value) => value switch
    {
        "0" => (RunField.Parallelism, "ddp"),
        "1" => (RunField.Parallelism, "zero1"),
        "2" => (RunField.Parallelism, "zero2"),
        "3" => (RunField.Parallelism, "fsdp_full"),
        _ => null,
    };

    private static (RunField, string)? Sharding(string value) => value switch
    {
        "full_shard" or "1" or "true" => (RunField.Parallelism, "fsdp_full"),
        "shard_grad_op" or "2" or "false" => (RunField.Parallelism, "fsdp_grad_op"),
        "no_shard" or "3" => (RunField.Parallelism, "ddp"),
        "hybrid_shard" or "4" => (RunField.Parallelism, "hsdp"),
        _ => null,
    };
}
