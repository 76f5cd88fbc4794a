using SlmPlanner.Core.Training;
using SlmPlanner.Data.Trainers;

namespace SlmPlanner.Planner.Export.Trainers;

/// <summary>nanotron: a YAML configuration.</summary>
internal static class NanotronTrainer
{
    public static TrainerScript Write(TrainerJob job, TrainerTable table)
    {
        var (candidate, recipe, shape) = (job.Candidate, job.Recipe, job.Shape);
        if (!job.IsLlama)
            throw TrainerJob.Refusal(table.Name, $"trains models of the Llama family, and {shape.Name} is another",
                "take run-clm or the generic form");
        job.RequireSharding(table.Name, SchemeName.Ddp, SchemeName.Zero1);
        job.RequireRecomputation(table.Name, Recomputation.None);
        if (candidate.Precision is not (Precision.Bf16Mixed or Precision.Bf16Pure))
            throw TrainerJob.Refusal(table.Name, "trains in bf16 here", "plan with --precision bf16-mixed");
        var settings = new TrainerSettings(table)
            .Set("general.project", "slm-plan").Set("general.run", candidate.PlanId).Set("general.seed", 42L)
            .Set("checkpoints.checkpoint_interval", job.CheckpointSteps).Set("checkpoints.checkpoints_path", "OUT_FOLDER")
            .Set("checkpoints.resume_checkpoint_path", "RESUME_FROM")
            .Set("checkpoints.checkpoints_path_is_shared_file_system", candidate.Nodes > 1)
            .Set("model.dtype", "bfloat16").Set("model.init_method.std", Math.Round(1 / Math.Sqrt(shape.DModel), 6))
            .Set("model.model_config.is_llama_config", true).Set("model.model_config.hidden_act", "silu")
            .Set("model.model_config.hidden_size", (long)shape.DModel).Set("model.model_config.intermediate_size", (long)shape.DFfn)
            .Set("model.model_config.num_hidden_layers", (long)shape.Layers)
            .Set("model.model_config.num_attention_heads", (long)shape.Heads)
            .Set("model.model_config.num_key_value_heads", (long)shape.KvHeads)
            .Set("model.model_config.max_position_embeddings", (long)Math.Max(candidate.SeqLen, shape.MaxPositions))
            .Set("model.model_config.tie_word_embeddings", shape.TiedEmbeddings).Set("model.model_config.vocab_size", (long)shape.Vocab)
            .Set("optimizer.accumulate_grad_in_fp32", candidate.Precision == Precision.Bf16Mixed)
            .Set("optimizer.clip_grad", recipe.ClipNorm)
            .Set("optimizer.weight_decay", recipe.WeightDecay.Amount)
            .Set("optimizer.zero_stage", candidate.Parallelism.Name == SchemeName.Zero1 ? 1L : 0L)
            .Set("optimizer.optimizer_factory.name", "adamW").Set("optimizer.optimizer_factory.adam_beta1", recipe.Beta1)
            .Set("optimizer.optimizer_factory.adam_beta2", recipe.Beta2).Set("optimizer.optimizer_factory.adam_eps", 1e-8)
            .Set("optimizer.optimizer_factory.torch_adam_is_fused", true)
            .Set("optimizer.learning_rate_scheduler.learning_rate", recipe.LearningRate[0].Amount)
            .Set("optimizer.learning_rate_scheduler.lr_warmup_steps", recipe.WarmupSteps)
            .Set("optimizer.learning_rate_scheduler.lr_warmup_style", "linear")
            .Set("optimizer.learning_rate_scheduler.lr_decay_style", "cosine")
            .Set("optimizer.learning_rate_scheduler.lr_decay_steps", recipe.Steps - recipe.WarmupSteps)
            .Set("optimizer.learning_rate_scheduler.min_decay_lr", recipe.FinalLearningRate)
            .Set("parallelism.dp", (long)candidate.Gpus).Set("parallelism.tp", 1L).Set("parallelism.pp", 1L)
            .Set("parallelism.pp_engine", "1f1b").Set("parallelism.expert_parallel_size", 1L)
            .Set("tokenizer.tokenizer_name_or_path", "gpt2")
            .Set("tokens.micro_batch_size", (long)candidate.MicroBatch)
            .Set("tokens.batch_accumulation_per_replica", (long)candidate.GradAccum)
            .Set("tokens.sequence_length", (long)candidate.SeqLen).Set("tokens.train_steps", recipe.Steps)
            .Set("tokens.val_check_interval", -1L);
        var config = settings.ForYaml();
        config["data_stages"] = new[] { Stage(table) };
        return new(table, settings, [("nanotron.yaml", LaunchYaml.Maps.Serialize(config))],
            [
                "RESUME=null; [ ! -f \"$OUT/latest.txt\" ] || RESUME=$OUT",
                "sed -i \"s|OUT_FOLDER|$OUT|; s|RESUME_FROM|$RESUME|; s|DATA_PATH|$DATA|\" nanotron.yaml",
                "export CUDA_DEVICE_MAX_CONNECTIONS=1",
            ],
            TrainerScript.Torchrun(candidate, "\"${NANOTRON:-$HERE/nanotron}/run_train.py\" --config-file nanotron.yaml"),
            "nanotron reads DATA as the name or path of a Hugging Face data set with a column 'text'; set the tokenizer to yours.");
    }

    /// <summary>One stage over all steps, each of its names checked as the other settings are.</summary>
    private static Dictionary<string, object> Stage(TrainerTable table) => new TrainerSettings(table)
        .Set("name", "Training").Set("start_training_step", 1L).Set("data.num_loading_workers", 1L).Set("data.seed", 42L)
        .Set("data.dataset.hf_dataset_or_datasets", "DATA_PATH").Set("data.dataset.hf_dataset_splits", "train")
        .Set("data.dataset.text_column_name", "text").ForYaml();
}
