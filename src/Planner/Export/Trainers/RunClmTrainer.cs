using System.Text.Json;
using System.Text.Json.Nodes;
using SlmPlanner.Core.Training;
using SlmPlanner.Data.Trainers;

namespace SlmPlanner.Planner.Export.Trainers;

/// <summary>Hugging Face's <c>run_clm.py</c> under accelerate, whose configuration shards with FSDP or DeepSpeed.</summary>
internal static class RunClmTrainer
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NewLine = "\n" };

    public static TrainerScript Write(TrainerJob job, TrainerTable table)
    {
        var (candidate, recipe) = (job.Candidate, job.Recipe);
        var settings = new TrainerSettings(table)
            .Set("config_name", "slm-plan-model").Set("tokenizer_name", new ShellVariable("${TOKENIZER:-gpt2}"))
            .Set("train_file", new ShellVariable("$DATA")).Set("block_size", candidate.SeqLen).Set("do_train", true)
            .Set("output_dir", new ShellVariable("$OUT")).Set("run_name", $"{candidate.Model}-{candidate.PlanId}")
            .Set("per_device_train_batch_size", candidate.MicroBatch).Set("gradient_accumulation_steps", candidate.GradAccum)
            .Set("max_steps", recipe.Steps).Set("learning_rate", recipe.LearningRate[0].Amount)
            .Set("lr_scheduler_type", "cosine_with_min_lr")
            .Set("lr_scheduler_kwargs", $"{{\"min_lr\": {TrainerSettings.Text(recipe.FinalLearningRate)}}}")
            .Set("warmup_steps", recipe.WarmupSteps).Set("weight_decay", recipe.WeightDecay.Amount).Set("optim", "adamw_torch_fused")
            .Set("adam_beta1", recipe.Beta1).Set("adam_beta2", recipe.Beta2).Set("max_grad_norm", recipe.ClipNorm)
            .Set("bf16", candidate.Precision == Precision.Bf16Mixed).Set("fp16", candidate.Precision == Precision.Fp16Mixed)
            .Set("tf32", candidate.Precision is Precision.Tf32 or Precision.Bf16Mixed)
            .Set("gradient_checkpointing", candidate.Recomputation == Recomputation.Full
                && candidate.Parallelism.Name is SchemeName.Ddp or SchemeName.Zero1 or SchemeName.Zero2)
            .Set("torch_compile", candidate.Compile).Set("save_strategy", "steps").Set("save_steps", job.CheckpointSteps)
            .Set("save_total_limit", 2).Set("logging_steps", 10);
        EvaluationSettings.SetIn(settings, "per_device_eval_batch_size", candidate);
        if (LigerKernels.Takes(candidate) && !job.IsLlama)
            throw TrainerJob.Refusal(table.Name, $"has Liger's fused loss for the Llama family here, and {job.Shape.Name} is another",
                "plan with --loss whole");
        LigerKernels.SetIn(settings, candidate);
        return new(table, settings,
            [("accelerate.yaml", AccelerateConfig.Write(new(candidate))), ("slm-plan-model/config.json", Config(job, table))], [],
            "accelerate launch --config_file accelerate.yaml --machine_rank \"${NODE_RANK:-0}\" \\\n"
                + "  --main_process_ip \"${MASTER_ADDR:-127.0.0.1}\" --main_process_port \"${MASTER_PORT:-29500}\" \\\n"
                + $"  \"${{RUN_CLM:-$HERE/transformers/examples/pytorch/language-modeling/run_clm.py}}\" \\\n  {settings.Flags()}",
            "run_clm.py reads DATA as a text or JSON file; TOKENIZER is the tokenizer, whose vocabulary must be the model's.",
            "Started again with the same OUT it goes on from the last checkpoint there.");
    }

    private static string Config(TrainerJob job, TrainerTable table)
    {
        var (shape, candidate) = (job.Shape, job.Candidate);
        var config = job.IsLlama ? new JsonObject
        {
            ["model_type"] = "llama", ["architectures"] = new JsonArray("LlamaForCausalLM"), ["hidden_size"] = shape.DModel,
            ["intermediate_size"] = shape.DFfn, ["num_hidden_layers"] = shape.Layers, ["num_attention_heads"] = shape.Heads,
            ["num_key_value_heads"] = shape.KvHeads, ["head_dim"] = shape.HeadDim, ["vocab_size"] = shape.Vocab,
            ["max_position_embeddings"] = Math.Max(candidate.SeqLen, shape.MaxPositions), ["tie_word_embeddings"] = shape.TiedEmbeddings,
            ["hidden_act"] = "silu",
        }
        : job.IsGpt2 ? new JsonObject
        {
            ["model_type"] = "gpt2", ["architectures"] = new JsonArray("GPT2LMHeadModel"), ["n_embd"] = shape.DModel,
                ["n_inner"] = shape.DFfn,
            ["n_layer"] = shape.Layers, ["n_head"] = shape.Heads, ["vocab_size"] = shape.Vocab,
            ["n_positions"] = Math.Max(candidate.SeqLen, shape.MaxPositions), ["tie_word_embeddings"] = shape.TiedEmbeddings,
        }
        : throw TrainerJob.Refusal(table.Name, $"is written here for the families of Llama and GPT-2, and {shape.Name} is another",
            "take the generic form without --trainer");
        config["attn_implementation"] = candidate.Attention == AttentionKind.Vanilla ? "eager" : "sdpa";
        return config.ToJsonString(Indented);
    }
}
