using SlmPlanner.Core.Training;
using SlmPlanner.Data.Trainers;

namespace SlmPlanner.Planner.Export.Trainers;

/// <summary>axolotl: a YAML configuration.</summary>
internal static class AxolotlTrainer
{
    /// <summary>What knows Liger's settings.</summary>
    private static readonly string[] Plugins = ["axolotl.integrations.liger.LigerPlugin"];

    public static TrainerScript Write(TrainerJob job, TrainerTable table)
    {
        var (tuning, candidate) = (FineTuningJob.Of(job, table.Name), job.Candidate);
        job.RequireRecomputation(table.Name, Recomputation.None, Recomputation.Full);
        var settings = new TrainerSettings(table)
            .Set("base_model", "BASE_MODEL").Set("output_dir", "OUT_FOLDER").Set("dataset_prepared_path", "OUT_FOLDER/prepared")
            .Set("datasets", new[] { new Dictionary<string, object> { ["path"] = "DATA_PATH", ["type"] = "chat_template" } })
            .Set("sequence_len", (long)candidate.SeqLen).Set("sample_packing", tuning.Packs).Set("pad_to_sequence_len", tuning.Packs)
            .Set("micro_batch_size", (long)candidate.MicroBatch).Set("gradient_accumulation_steps", (long)candidate.GradAccum);
        if (tuning.Epochs is { } epochs)
            settings.Set("num_epochs", epochs);
        else
            settings.Set("max_steps", tuning.Steps);
        settings
            .Set("learning_rate", tuning.LearningRate).Set("lr_scheduler", "cosine").Set("warmup_ratio", FineTuningJob.WarmupShare)
            .Set("optimizer", tuning.Optimizer(table.Name)).Set("weight_decay", 0L)
            .Set("bf16", candidate.Precision is Precision.Bf16Mixed or Precision.Bf16Pure)
            .Set("fp16", candidate.Precision == Precision.Fp16Mixed)
            .Set("tf32", candidate.Precision == Precision.Tf32)
            .Set("attn_implementation", candidate.Attention == AttentionKind.Vanilla ? "eager" : "flash_attention_2")
            .Set("gradient_checkpointing", candidate.Recomputation == Recomputation.Full).Set("torch_compile", candidate.Compile)
            .Set("save_steps", job.CheckpointSteps).Set("save_total_limit", 2L).Set("logging_steps", 10L)
            .Set("auto_resume_from_checkpoints", true);
        if (LigerKernels.Takes(candidate))
            settings.Set("plugins", Plugins).Set("liger_fused_linear_cross_entropy", true);
        EvaluationSettings.SetIn(settings, "eval_batch_size", candidate);
        Trained(settings, tuning, table.Name);
        IReadOnlyList<(string, string)> files = Sharded(settings, job) is { } sharding ? [sharding] : [];
        return new(table, settings, [("axolotl.yaml", LaunchYaml.Maps.Serialize(settings.ForYaml())), .. files],
            [FineTuningJob.AsksForBase, "sed -i \"s|OUT_FOLDER|$OUT|; s|DATA_PATH|$DATA|; s|BASE_MODEL|$BASE|\" axolotl.yaml"],
            TrainerScript.Torchrun(candidate, "-m axolotl.cli.train axolotl.yaml"),
            "axolotl reads DATA as a data set on the hub or a file of JSON lines with messages.",
            "Rates are those of the examples of such programs; the planner has no rule for fine-tuning.");
    }

    private static void Trained(TrainerSettings settings, FineTuningJob tuning, string trainer)
    {
        if (tuning.Tuning.Method == TuningMethod.Freeze)
            settings.Set("unfrozen_parameters", Enumerable
                .Range(tuning.Job.Shape.Layers - tuning.Tuning.TrainedBlocks, tuning.Tuning.TrainedBlocks)
                .Select(block => $@"^model\.layers\.{block}\.").ToArray());
        if (!tuning.Tuning.HasAdapters)
            return;
        settings.Set("adapter", tuning.Tuning.FrozenBits == 4 ? "qlora" : "lora")
            .Set("load_in_4bit", tuning.Tuning.FrozenBits == 4).Set("load_in_8bit", tuning.Tuning.FrozenBits == 8)
            .Set("lora_r", (long)tuning.Tuning.Rank).Set("lora_alpha", (long)tuning.Alpha).Set("lora_dropout", 0L);
        if (tuning.Modules(trainer) is { } modules)
            settings.Set("lora_target_modules", modules);
        else
            settings.Set("lora_target_linear", true);
    }

    /// <summary>FSDP by its own settings, ZeRO by a file of DeepSpeed.</summary>
    private static (string, string)? Sharded(TrainerSettings settings, TrainerJob job)
    {
        var (scheme, candidate) = (job.Candidate.Parallelism.Name, job.Candidate);
        ZeroStage.RequireOneGroup(candidate.Parallelism);
        if (scheme is SchemeName.Zero1 or SchemeName.Zero2)
        {
            settings.Set("deepspeed", "deepspeed.json");
            return ("deepspeed.json", DeepspeedConfig.Write(new(candidate)));
        }
        if (scheme != SchemeName.Ddp)
            settings.Set("fsdp_version", 2L).Set("fsdp_config.reshard_after_forward", scheme != SchemeName.FsdpGradOp)
                .Set("fsdp_config.auto_wrap_policy", "TRANSFORMER_BASED_WRAP").Set("fsdp_config.state_dict_type", "FULL_STATE_DICT")
                .Set("fsdp_config.offload_params", false);
        if (scheme == SchemeName.Hsdp)
        {
            var mesh = candidate.Parallelism.On(candidate.Gpus, candidate.GpusPerNode).Mesh;
            settings.Set("dp_shard_size", (long)mesh.Shards).Set("dp_replicate_size", (long)mesh.Replicas);
        }
        return null;
    }
}
