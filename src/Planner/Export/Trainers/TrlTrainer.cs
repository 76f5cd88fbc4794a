using SlmPlanner.Core.Planning.Results;
using SlmPlanner.Core.Training;
using SlmPlanner.Data.Trainers;

namespace SlmPlanner.Planner.Export.Trainers;

/// <summary>
/// Hugging Face's TRL, its script for supervised fine-tuning, with peft's adapters and bitsandbytes' bases, under accelerate.
/// </summary>
internal static class TrlTrainer
{
    public static TrainerScript Write(TrainerJob job, TrainerTable table)
    {
        var (tuning, candidate) = (FineTuningJob.Of(job, table.Name), job.Candidate);
        if (tuning.Tuning.Method == TuningMethod.Freeze)
            throw TrainerJob.Refusal(table.Name, "can't freeze blocks by its settings", "take axolotl, or plan with --method lora");
        job.RequireRecomputation(table.Name, Recomputation.None, Recomputation.Full);
        var settings = new TrainerSettings(table)
            .Set("model_name_or_path", new ShellVariable("$BASE")).Set("dataset_name", new ShellVariable("$DATA"))
            .Set("output_dir", new ShellVariable("$OUT")).Set("run_name", $"{candidate.Model}-{candidate.PlanId}")
            .Set("dtype", tuning.LoadedAs).Set("attn_implementation", Attention(tuning))
            .Set("max_length", candidate.SeqLen).Set("packing", tuning.Packs)
            .Set("per_device_train_batch_size", candidate.MicroBatch).Set("gradient_accumulation_steps", candidate.GradAccum);
        Length(settings, tuning);
        settings
            .Set("learning_rate", tuning.LearningRate).Set("lr_scheduler_type", "cosine").Set("warmup_ratio", FineTuningJob.WarmupShare)
            .Set("optim", tuning.Optimizer(table.Name))
            .Set("bf16", candidate.Precision == Precision.Bf16Mixed).Set("fp16", candidate.Precision == Precision.Fp16Mixed)
            .Set("gradient_checkpointing", tuning.Checkpoints).Set("torch_compile", candidate.Compile)
            .Set("save_strategy", "steps").Set("save_steps", job.CheckpointSteps).Set("save_total_limit", 2).Set("logging_steps", 10);
        LongSequences(settings, candidate);
        EvaluationSettings.SetIn(settings, "per_device_eval_batch_size", candidate);
        if (tuning.Tuning.HasAdapters)
            Adapters(settings, tuning, table.Name);
        return new(table, settings, [("accelerate.yaml", AccelerateConfig.Write(new(candidate)))], [FineTuningJob.AsksForBase],
            "accelerate launch --config_file accelerate.yaml --machine_rank \"${NODE_RANK:-0}\" \\\n"
                + "  --main_process_ip \"${MASTER_ADDR:-127.0.0.1}\" --main_process_port \"${MASTER_PORT:-29500}\" \\\n"
                + $"  -m trl.scripts.sft \\\n  {settings.Flags()}",
            "DATA is a data set on the hub, or a folder of JSON lines with messages, or with prompt and completion, or with text.",
            "Rates are those of the program's own example; the planner has no rule for fine-tuning.",
            "Its script does not go on from a checkpoint: started again it begins anew, and checkpoints in OUT are for a "
            + "script of your own.");
    }

    /// <summary>
    /// Its own loss in chunks has chunks of a size that no setting says. It is what the program takes unless told otherwise, beside fused
    /// kernels the whole one.
    /// </summary>
    private static void LongSequences(TrainerSettings settings, Candidate candidate)
    {
        LigerKernels.SetIn(settings, candidate);
        if (!LigerKernels.Takes(candidate))
            settings.Set("loss_type", candidate.Loss == LossForm.Chunked ? "chunked_nll" : "nll");
        if (candidate.Offload == Offload.Activations)
            settings.Set("activation_offloading", true);
    }

    /// <summary>Packed samples must not see each other, which the program does with FlashAttention alone.</summary>
    private static string Attention(FineTuningJob tuning) => tuning.Job.Candidate.Attention == AttentionKind.Vanilla ? "eager"
        : tuning.Packs ? "flash_attention_2" : "sdpa";

    private static void Length(TrainerSettings settings, FineTuningJob tuning)
    {
        if (tuning.Epochs is { } epochs)
            settings.Set("num_train_epochs", epochs);
        else
            settings.Set("max_steps", tuning.Steps);
    }

    private static void Adapters(TrainerSettings settings, FineTuningJob tuning, string trainer)
    {
        settings.Set("use_peft", true).Set("lora_r", tuning.Tuning.Rank).Set("lora_alpha", tuning.Alpha).Set("lora_dropout", 0);
        if (tuning.Modules(trainer) is { } modules)
            settings.Set("lora_target_modules", new ShellWords(modules));
        else
            settings.Set("lora_target_modules", "all-linear");
        if (tuning.Tuning.FrozenBits == 4)
            settings.Set("load_in_4bit", true).Set("bnb_4bit_quant_type", "nf4").Set("use_bnb_nested_quant", true);
        else if (tuning.Tuning.FrozenBits == 8)
            settings.Set("load_in_8bit", true);
    }
}
