using SlmPlanner.Core.Training;
using SlmPlanner.Data.Trainers;

namespace SlmPlanner.Planner.Export.Trainers;

/// <summary>litgpt pretrain: a YAML configuration.</summary>
internal static class LitgptTrainer
{
    public static TrainerScript Write(TrainerJob job, TrainerTable table)
    {
        var (candidate, recipe, shape) = (job.Candidate, job.Recipe, job.Shape);
        if (!job.IsLlama)
            throw TrainerJob.Refusal(table.Name, $"is written here for models of the Llama family, and {shape.Name} is another",
                "take run-clm or the generic form");
        if (candidate.Gpus > 1)
            job.RequireSharding(table.Name, candidate.Nodes > 1 ? SchemeName.Hsdp : SchemeName.FsdpFull);
        job.RequireRecomputation(table.Name, Recomputation.None);
        var settings = new TrainerSettings(table)
            .Set("model_name", candidate.Model)
            .Set("model_config.name", candidate.Model).Set("model_config.block_size", (long)candidate.SeqLen)
            .Set("model_config.vocab_size", (long)shape.Vocab).Set("model_config.padded_vocab_size", (long)shape.Vocab)
            .Set("model_config.n_layer", (long)shape.Layers).Set("model_config.n_head", (long)shape.Heads)
            .Set("model_config.n_query_groups", (long)shape.KvHeads).Set("model_config.n_embd", (long)shape.DModel)
            .Set("model_config.head_size", (long)shape.HeadDim).Set("model_config.intermediate_size", (long)shape.DFfn)
            .Set("model_config.mlp_class_name", "LLaMAMLP").Set("model_config.norm_class_name", "RMSNorm")
            .Set("model_config.rotary_percentage", 1.0).Set("model_config.parallel_residual", false).Set("model_config.bias", false)
            .Set("out_dir", "OUT_FOLDER").Set("resume", "auto")
            .Set("precision", candidate.Precision switch
            {
                Precision.Bf16Mixed => "bf16-mixed",
                Precision.Bf16Pure => "bf16-true",
                Precision.Fp32 or Precision.Tf32 => "32-true",
                _ => Core.Text.DeclaredName.Of(candidate.Precision),
            })
            .Set("data.class_path", "litgpt.data.LitData").Set("data.init_args.data_path", "DATA_PATH")
            .Set("train.save_interval", job.CheckpointSteps).Set("train.global_batch_size", job.SequencesPerStep)
            .Set("train.micro_batch_size", (long)candidate.MicroBatch).Set("train.lr_warmup_steps", recipe.WarmupSteps)
            .Set("train.max_tokens", (long)candidate.Tokens).Set("train.max_seq_length", (long)candidate.SeqLen)
            .Set("train.tie_embeddings", shape.TiedEmbeddings).Set("train.max_norm", recipe.ClipNorm)
            .Set("train.min_lr", recipe.FinalLearningRate)
            .Set("optimizer.class_path", "torch.optim.AdamW").Set("optimizer.init_args.lr", recipe.LearningRate[0].Amount)
            .Set("optimizer.init_args.weight_decay", recipe.WeightDecay.Amount)
            .Set("optimizer.init_args.betas", new[] { (decimal)recipe.Beta1, (decimal)recipe.Beta2 })
            .Set("devices", (long)(candidate.Gpus / candidate.Nodes)).Set("num_nodes", (long)candidate.Nodes);
        return new(table, settings, [("litgpt.yaml", LaunchYaml.Maps.Serialize(settings.ForYaml()))],
            ["sed -i \"s|OUT_FOLDER|$OUT|; s|DATA_PATH|$DATA|\" litgpt.yaml"],
            candidate.Nodes > 1
                ? TrainerScript.Torchrun(candidate, "-m litgpt pretrain --config litgpt.yaml")
                : "litgpt pretrain --config litgpt.yaml",
            "litgpt reads DATA as data that litdata has prepared.",
            $"litgpt always compiles the model; the plan counted "
            + $"{(candidate.Compile ? "with that" : "without, so it may be faster than planned")}.");
    }
}
