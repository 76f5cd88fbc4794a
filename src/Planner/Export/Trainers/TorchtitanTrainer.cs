using System.Text.Json;
using SlmPlanner.Core.Text;
using SlmPlanner.Core.Training;
using SlmPlanner.Data.Trainers;
using Tomlyn;
using Tomlyn.Model;

namespace SlmPlanner.Planner.Export.Trainers;

/// <summary>torchtitan: a TOML configuration, and a module of a few lines that registers the model's size.</summary>
internal static class TorchtitanTrainer
{
    private const string Module = "slm_plan_model";

    public static TrainerScript Write(TrainerJob job, TrainerTable table)
    {
        var (candidate, recipe) = (job.Candidate, job.Recipe);
        if (!job.IsLlama || job.Shape.TiedEmbeddings)
            throw TrainerJob.Refusal(table.Name, $"trains models of the Llama family with a head of their own, and {job.Shape.Name} is "
                + $"another",
                "take run-clm or the generic form without --trainer");
        if (candidate.Attention == AttentionKind.Vanilla)
            throw TrainerJob.Refusal(table.Name, "has no vanilla attention", "plan with --attention flash");
        job.RequireShardingInGroups(table.Name, SchemeName.Ddp, SchemeName.FsdpFull, SchemeName.FsdpGradOp, SchemeName.Hsdp);
        job.RequireRecomputation(table.Name, Recomputation.None, Recomputation.Selective, Recomputation.Full);
        var mesh = candidate.Parallelism.On(candidate.Gpus, candidate.GpusPerNode);
        var settings = new TrainerSettings(table)
            .Set("job.description", $"{candidate.Model} on {candidate.Gpus} x {candidate.Gpu}, plan {candidate.PlanId}")
            .Set("job.dump_folder", "OUT_FOLDER")
            .Set("experimental.custom_import", Module)
            .Set("model.name", "llama3").Set("model.flavor", candidate.Model)
            .Set("optimizer.name", "AdamW").Set("optimizer.lr", recipe.LearningRate[0].Amount)
            .Set("optimizer.beta1", recipe.Beta1).Set("optimizer.beta2", recipe.Beta2)
            .Set("optimizer.weight_decay", recipe.WeightDecay.Amount)
            .Set("lr_scheduler.warmup_steps", recipe.WarmupSteps).Set("lr_scheduler.decay_type", "cosine")
            .Set("lr_scheduler.min_lr_factor", recipe.FinalLearningRate / recipe.LearningRate[0].Amount)
            .Set("training.dataset", "c4").Set("training.dataset_path", "DATA_PATH")
            .Set("training.local_batch_size", (long)candidate.MicroBatch).Set("training.global_batch_size", job.SequencesPerStep)
            .Set("training.seq_len", (long)candidate.SeqLen).Set("training.max_norm", recipe.ClipNorm).Set("training.steps", recipe.Steps)
            .Set("training.dtype", candidate.Precision == Precision.Bf16Pure ? "bfloat16" : "float32")
            .Set("training.mixed_precision_param", candidate.Precision switch
            {
                Precision.Fp32 or Precision.Tf32 => "float32",
                Precision.Bf16Mixed or Precision.Bf16Pure => "bfloat16",
                _ => DeclaredName.Of(candidate.Precision),
            })
            .Set("training.mixed_precision_reduce", "float32")
            .Set("parallelism.data_parallel_replicate_degree", (long)mesh.Mesh.Replicas)
            .Set("parallelism.data_parallel_shard_degree", (long)mesh.Mesh.Shards)
            .Set("parallelism.fsdp_reshard_after_forward", mesh.ReshardAfterForward ? "always" : "never")
            .Set("activation_checkpoint.mode", DeclaredName.Of(candidate.Recomputation))
            .Set("compile.enable", candidate.Compile)
            .Set("checkpoint.enable", true).Set("checkpoint.folder", "checkpoint").Set("checkpoint.interval", job.CheckpointSteps)
            .Set("checkpoint.last_save_model_only", false).Set("checkpoint.keep_latest_k", 2L);
        if (candidate.Recomputation == Recomputation.Selective)
            settings.Set("activation_checkpoint.selective_ac_option", "op");
        var toml = TomlSerializer.Serialize(settings.Nested(() => new TomlTable(), value => value)).ReplaceLineEndings("\n");
        return new(table, settings, [("torchtitan.toml", toml), ($"{Module}.py", Model(job))],
            [
                "sed -i \"s|OUT_FOLDER|$OUT|; s|DATA_PATH|$DATA|\" torchtitan.toml",
                "export PYTHONPATH=\"$PWD:${PYTHONPATH:-}\"",
            ],
            TrainerScript.Torchrun(candidate, "-m torchtitan.train --job.config_file torchtitan.toml"),
            "torchtitan reads DATA as a copy of the C4 data set; its tokenizer is expected in ./assets/hf.");
    }

    /// <summary>
    /// torchtitan rounds the width of the feed-forward from a factor: int(factor · int(8 · width / 3)). Half a unit above the wanted
    /// width gives it exactly.
    /// </summary>
    private static string Model(TrainerJob job)
    {
        var shape = job.Shape;
        var factor = (shape.DFfn + 0.5) / (8 * shape.DModel / 3);
        return string.Create(System.Globalization.CultureInfo.InvariantCulture, $"""
            from torchtitan.models.llama3 import TransformerModelArgs, llama3_configs

            llama3_configs[{JsonSerializer.Serialize(job.Candidate.Model)}] = TransformerModelArgs(
                dim={shape.DModel}, n_layers={shape.Layers}, n_heads={shape.Heads}, n_kv_heads={shape.KvHeads},
                vocab_size={shape.Vocab}, multiple_of=1, ffn_dim_multiplier={factor:R}, max_seq_len={job.Candidate.SeqLen},
            )
            """);
    }
}
