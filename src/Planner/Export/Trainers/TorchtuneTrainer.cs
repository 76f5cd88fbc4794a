using SlmPlanner.Core.Training;
using SlmPlanner.Data.Trainers;

namespace SlmPlanner.Planner.Export.Trainers;

/// <summary>torchtune: one of its own recipes and configurations, with what the plan chose in place of what stands there.</summary>
internal static class TorchtuneTrainer
{
    /// <summary>Configurations of the models that both programs know, by the name here.</summary>
    private static readonly Dictionary<string, string> Configurations = new(StringComparer.OrdinalIgnoreCase)
    {
        ["llama-3.2-1b"] = "llama3_2/1B",
        ["llama-3.2-3b"] = "llama3_2/3B",
    };

    public static TrainerScript Write(TrainerJob job, TrainerTable table)
    {
        var (tuning, candidate) = (FineTuningJob.Of(job, table.Name), job.Candidate);
        if (!Configurations.TryGetValue(candidate.Model, out var model))
            throw TrainerJob.Refusal(table.Name, $"has no configuration of {candidate.Model} that is known here (known: "
                + $"{string.Join(", ", Configurations.Keys)})", "take trl or axolotl");
        if (tuning.Tuning.Method == TuningMethod.Freeze || tuning.Tuning.FrozenBits == 8 || (tuning.Tuning.Quantises && candidate.Gpus > 1))
            throw TrainerJob.Refusal(table.Name, "trains all parameters, 16-bit adapters, or 4-bit ones on one GPU", "take trl or axolotl");
        job.RequireRecomputation(table.Name, Recomputation.None, Recomputation.Full);
        if (candidate.Precision is not (Precision.Bf16Pure or Precision.Fp32))
            throw TrainerJob.Refusal(table.Name, "trains wholly in bf16 or fp32", "plan with --precision bf16-pure");
        if (candidate.Gpus > 1)
            job.RequireSharding(table.Name, SchemeName.FsdpFull);
        if (candidate.Nodes > 1)
            throw TrainerJob.Refusal(table.Name, "is started on one machine here", $"plan with --max-gpus {candidate.GpusPerNode}");
        var settings = new TrainerSettings(table)
            .Set("tokenizer.path", new ShellVariable("$BASE/original/tokenizer.model")).Set("tokenizer.max_seq_len", candidate.SeqLen)
            .Set("checkpointer.checkpoint_dir", new ShellVariable("$BASE")).Set("checkpointer.output_dir", new ShellVariable("$OUT"))
            .Set("output_dir", new ShellVariable("$OUT"))
            .Set("dataset._component_", "torchtune.datasets.chat_dataset").Set("dataset.source", "json")
            .Set("dataset.data_files", new ShellVariable("$DATA"))
            .Set("dataset.conversation_column", "messages").Set("dataset.conversation_style", "openai").Set("dataset.packed", tuning.Packs)
            .Set("batch_size", candidate.MicroBatch).Set("gradient_accumulation_steps", candidate.GradAccum)
            .Set("epochs", (long)Math.Ceiling(tuning.Epochs ?? 1))
            .Set("optimizer.lr", tuning.LearningRate).Set("dtype", candidate.Precision == Precision.Fp32 ? "fp32" : "bf16")
            .Set("enable_activation_checkpointing", candidate.Recomputation == Recomputation.Full).Set("compile", candidate.Compile);
        if (candidate.Offload == Offload.Activations)
            settings.Set("enable_activation_offloading", true);
        if (tuning.Epochs is null)
            settings.Set("max_steps_per_epoch", tuning.Steps);
        if (tuning.Tuning.HasAdapters)
            Adapters(settings, tuning);
        var (recipe, config) = Recipe(tuning, candidate.Gpus);
        return new(table, settings, [], [FineTuningJob.AsksForBase],
            $"tune run{(candidate.Gpus > 1 ? $" --nproc_per_node {candidate.Gpus}" : "")} {recipe} --config {model}_{config} \\\n  "
                + settings.All.Select(setting => $"{setting.Name}={TrainerSettings.Word(setting.Value!)}")
                .Aggregate((left, right) => $"{left} \\\n  {right}"),
            "BASE is a folder that 'tune download' filled. torchtune reads DATA as a file of JSON lines with messages.",
            "Rates are those of its own examples; the planner has no rule for fine-tuning.");
    }

    private static (string Recipe, string Config) Recipe(FineTuningJob tuning, int gpus) => (tuning.Tuning.HasAdapters, gpus > 1) switch
    {
        (true, true) => ("lora_finetune_distributed", "lora"),
        (true, false) => ("lora_finetune_single_device", tuning.Tuning.Quantises ? "qlora_single_device" : "lora_single_device"),
        (false, true) => ("full_finetune_distributed", "full"),
        _ => ("full_finetune_single_device", "full_single_device"),
    };

    /// <summary>It gives the feed-forward adapters altogether or not at all.</summary>
    private static void Adapters(TrainerSettings settings, FineTuningJob tuning)
    {
        var feedForward = tuning.Tuning.Targets & AdapterTargets.FeedForward;
        if (feedForward is not (AdapterTargets.None or AdapterTargets.FeedForward))
            throw TrainerJob.Refusal("torchtune", "gives the feed-forward adapters on all three matrices or none",
                "plan with --targets all or attention");
        var attention = AdapterTargetsText.Names.Where(entry => (tuning.Tuning.Targets & AdapterTargets.Attention).HasFlag(entry.Target))
            .Select(entry => entry.Target == AdapterTargets.Output ? "output_proj" : $"{entry.Word}_proj");
        settings.Set("model.lora_attn_modules", $"[{string.Join(',', attention)}]")
            .Set("model.apply_lora_to_mlp", feedForward != AdapterTargets.None)
            .Set("model.lora_rank", tuning.Tuning.Rank).Set("model.lora_alpha", tuning.Alpha).Set("model.lora_dropout", 0);
    }
}
