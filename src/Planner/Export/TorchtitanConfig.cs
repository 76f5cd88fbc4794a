using SlmPlanner.Core;
using SlmPlanner.Core.Economics.Recipe;
using SlmPlanner.Core.Planning.Results;
using SlmPlanner.Core.Text;
using SlmPlanner.Core.Training;
using Tomlyn;
using Tomlyn.Model;

namespace SlmPlanner.Planner.Export;

/// <summary>
/// A torchtitan job configuration. Accumulation follows from the global batch; attention is PyTorch's fused kernel,
/// torchtitan's only one besides flex attention.
/// </summary>
internal static class TorchtitanConfig
{
    /// <summary>The configuration as TOML.</summary>
    /// <exception cref="InputException">torchtitan can't do what the plan says.</exception>
    public static string Write(Launch launch)
    {
        var candidate = launch.Candidate;
        if (candidate.Tuning is { Freezes: true } tuning)
            throw Refusal($"frozen weights, as method {DeclaredName.Of(tuning.Method)} has them",
                "export to torchrun, whose script gets --method" + (ModelSplit.IsIn(candidate) ? "" : ", or with --trainer trl"));
        var (replicate, shard, reshard) = Sharding(candidate);
        if (candidate.Attention == AttentionKind.Vanilla)
            throw Refusal("vanilla attention", "plan with --attention flash, or export to torchrun");
        if (candidate.Optimizer is { } optimizer and not (OptimizerKind.AdamW or OptimizerKind.AdamWFused))
            throw Refusal($"optimizer {DeclaredName.Of(optimizer)}", "plan with --optimizer adamw, or export to torchrun");
        var scheme = candidate.Parallelism;
        var sequencesPerStep = (long)(candidate.TokensPerStep / candidate.SeqLen);
        var config = new TomlTable
        {
            ["job"] = new TomlTable
            {
                ["description"] = $"{candidate.Model} on {candidate.Gpus} x {candidate.Gpu}, plan {candidate.PlanId}",
                ["dump_folder"] = "./outputs",
            },
            ["model"] = new TomlTable { ["name"] = "llama3", ["flavor"] = candidate.Model },
            ["training"] = new TomlTable
            {
                ["local_batch_size"] = (long)candidate.MicroBatch * (scheme.Pipeline > 1 ? candidate.GradAccum : 1),
                ["global_batch_size"] = sequencesPerStep,
                ["seq_len"] = (long)candidate.SeqLen,
                ["steps"] = (long)Math.Ceiling(candidate.Tokens / (sequencesPerStep * candidate.SeqLen)),
                ["dtype"] = candidate.Precision == Precision.Bf16Pure ? "bfloat16" : "float32",
                ["mixed_precision_param"] = MixedPrecision(candidate.Precision),
                ["mixed_precision_reduce"] = PlanFacts.Bytes(candidate).Reduce > 2 ? "float32" : "bfloat16",
            },
            ["parallelism"] = Parallelism(candidate, replicate, shard, reshard),
            ["activation_checkpoint"] = ActivationCheckpoint(candidate.Recomputation),
            ["compile"] = new TomlTable { ["enable"] = candidate.Compile },
        };
        if (launch.Recipe is { } recipe)
            Add(recipe, config);
        return PlanFacts.Comments(launch) + TomlSerializer.Serialize(config).ReplaceLineEndings("\n");
    }

    /// <summary>Optimizer, rates and clipping, in the names of torchtitan's <c>job_config.py</c>.</summary>
    private static void Add(TrainingRecipe recipe, TomlTable config)
    {
        var rate = recipe.LearningRate[0].Amount;
        config["optimizer"] = new TomlTable
        {
            ["name"] = "AdamW", ["lr"] = rate, ["beta1"] = recipe.Beta1, ["beta2"] = recipe.Beta2,
            ["weight_decay"] = recipe.WeightDecay.Amount,
        };
        config["lr_scheduler"] = new TomlTable
        {
            ["warmup_steps"] = recipe.WarmupSteps, ["decay_type"] = "cosine", ["min_lr_factor"] = recipe.FinalLearningRate / rate,
        };
        ((TomlTable)config["training"])["max_norm"] = recipe.ClipNorm;
    }

    /// <summary>
    /// A pipeline's micro-batches are parts of the local batch there, so that it is the whole accumulation. Stages have equal blocks, as
    /// the plan counted (torchtitan's <c>Parallelism</c> configuration).
    /// </summary>
    private static TomlTable Parallelism(Candidate candidate, int replicate, int shard, string reshard)
    {
        var scheme = candidate.Parallelism;
        if (scheme.ZeroBubble)
            throw Refusal("zero-bubble schedule with one part per stage", "plan with +vp(2), or export to torchrun");
        if (scheme is { Tensor: > 1, SequenceParallel: false })
            throw Refusal("tensor parallelism without sequence parallelism", "plan with +sp, or export to torchrun");
        var table = new TomlTable
        {
            ["data_parallel_replicate_degree"] = (long)replicate,
            ["data_parallel_shard_degree"] = (long)shard,
            ["fsdp_reshard_after_forward"] = reshard,
            ["tensor_parallel_degree"] = (long)scheme.Tensor,
            ["pipeline_parallel_degree"] = (long)scheme.Pipeline,
            ["context_parallel_degree"] = (long)scheme.Context,
        };
        if (scheme.Expert > 1)
            AddExperts(table, scheme, shard);
        if (scheme.Pipeline > 1)
        {
            table["pipeline_parallel_schedule"] = scheme.Chunks > 1 ? "Interleaved1F1B" : "1F1B";
            table["pipeline_parallel_microbatch_size"] = (long)candidate.MicroBatch;
            table["pipeline_parallel_first_stage_less_layers"] = 0L;
            table["pipeline_parallel_last_stage_less_layers"] = 0L;
        }
        return table;
    }

    /// <summary>
    /// Ranks that share experts are all that share a sequence and some that share states (torchtitan's <c>parallel_dims.py</c>, commit
    /// 0119de15: <c>ep % cp == 0 and (dp_shard * cp) % ep == 0</c>); each divides its experts as its other multiplies (<c>etp == tp</c>).
    /// </summary>
    private static void AddExperts(TomlTable table, Scheme scheme, int shard)
    {
        if (scheme.Expert % scheme.Context != 0 || shard * scheme.Context % scheme.Expert != 0)
            throw Refusal(
                $"+ep({scheme.Expert}) over ranks that do not share states: its experts lie inside a group of sharded ranks, here "
                + $"{shard * scheme.Context}, and every rank that shares a sequence is among them",
                "plan with fsdp_full, or with a group that +ep(N) divides, or export to torchrun");
        table["expert_parallel_degree"] = (long)scheme.Expert;
        if (scheme.Tensor > 1)
            table["expert_tensor_parallel_degree"] = (long)scheme.Tensor;
    }

    private static (int Replicate, int Shard, string Reshard) Sharding(Candidate candidate)
    {
        var layout = candidate.Parallelism.On(candidate.Gpus, candidate.GpusPerNode);
        if (layout.Sharded is ShardedState.Optimizer or ShardedState.Gradients)
            throw Refusal("ZeRO without sharded parameters", "export to deepspeed or accelerate");
        return (layout.Mesh.Replicas, layout.Mesh.Shards, layout.ReshardAfterForward ? "always" : "never");
    }

    private static string MixedPrecision(Precision precision) => precision switch
    {
        Precision.Fp32 or Precision.Tf32 => "float32",
        Precision.Bf16Mixed or Precision.Bf16Pure => "bfloat16",
        _ => throw Refusal($"precision {DeclaredName.Of(precision)} by configuration alone", "export to torchrun"),
    };

    private static TomlTable ActivationCheckpoint(Recomputation recomputation)
    {
        if (recomputation == Recomputation.Attention)
            throw Refusal("recomputation of attention alone", "export to torchrun");
        var table = new TomlTable { ["mode"] = DeclaredName.Of(recomputation) };
        if (recomputation == Recomputation.Selective)
            table["selective_ac_option"] = "op";
        return table;
    }

    private static InputException Refusal(string what, string instead) => new($"torchtitan has no {what}: {instead}");
}
