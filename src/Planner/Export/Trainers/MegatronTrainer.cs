using SlmPlanner.Core.Models;
using SlmPlanner.Core.Training;
using SlmPlanner.Data.Trainers;

namespace SlmPlanner.Planner.Export.Trainers;

/// <summary>Megatron-LM's <c>pretrain_gpt.py</c>: a command line.</summary>
internal static class MegatronTrainer
{
    public static TrainerScript Write(TrainerJob job, TrainerTable table)
    {
        var (candidate, recipe, shape) = (job.Candidate, job.Recipe, job.Shape);
        job.RequireSharding(table.Name, SchemeName.Ddp, SchemeName.Zero1);
        job.RequireRecomputation(table.Name, Recomputation.None, Recomputation.Attention, Recomputation.Full);
        if (!job.IsLlama && !job.IsGpt2)
            throw TrainerJob.Refusal(table.Name, $"is written here for the families of Llama and GPT-2, and {shape.Name} is another",
                "take the generic form without --trainer");
        var settings = new TrainerSettings(table)
            .Flag("use-mcore-models").Set("num-layers", shape.Layers).Set("hidden-size", shape.DModel).Set("ffn-hidden-size", shape.DFfn)
            .Set("num-attention-heads", shape.Heads).Set("kv-channels", shape.HeadDim)
            .Set("seq-length", candidate.SeqLen).Set("max-position-embeddings", Math.Max(candidate.SeqLen, shape.MaxPositions))
            .Set("position-embedding-type", job.IsLlama ? "rope" : "learned_absolute")
            .Set("attention-dropout", 0.0).Set("hidden-dropout", 0.0).Flag("swiglu", job.IsLlama)
            .Flag("disable-bias-linear", job.IsLlama).Flag("untie-embeddings-and-output-weights", !shape.TiedEmbeddings)
            .Set("attention-backend", candidate.Attention == AttentionKind.Vanilla ? "unfused" : "flash")
            .Set("micro-batch-size", candidate.MicroBatch).Set("global-batch-size", job.SequencesPerStep).Set("train-iters", recipe.Steps)
            .Set("lr", recipe.LearningRate[0].Amount).Set("min-lr", recipe.FinalLearningRate).Set("lr-decay-style", "cosine")
            .Set("lr-warmup-iters", recipe.WarmupSteps).Set("weight-decay", recipe.WeightDecay.Amount)
            .Set("adam-beta1", recipe.Beta1).Set("adam-beta2", recipe.Beta2).Set("clip-grad", recipe.ClipNorm)
            .Set("tensor-model-parallel-size", 1).Set("pipeline-model-parallel-size", 1).Set("context-parallel-size", 1)
            .Set("data-path", new ShellVariable("$DATA")).Set("tokenizer-type", "NullTokenizer").Set("vocab-size", shape.Vocab - 1)
            .Set("split", "99,1,0").Set("save", new ShellVariable("$OUT")).Set("load", new ShellVariable("$OUT"))
            .Set("save-interval", job.CheckpointSteps).Set("ckpt-format", "torch_dist").Set("log-interval", 10).Flag("log-throughput")
            .Set("eval-interval", 1000).Set("eval-iters", 10);
        if (shape.KvHeads != shape.Heads)
            settings.Flag("group-query-attention").Set("num-query-groups", shape.KvHeads);
        if (job.IsLlama)
            settings.Set("normalization", "RMSNorm");
        if (candidate.Parallelism.Name == SchemeName.Zero1)
            settings.Flag("use-distributed-optimizer").Flag("overlap-grad-reduce").Flag("overlap-param-gather");
        Precise(settings, candidate.Precision, table);
        if (candidate.Recomputation == Recomputation.Attention)
            settings.Set("recompute-granularity", "selective");
        else if (candidate.Recomputation == Recomputation.Full)
            settings.Set("recompute-granularity", "full").Set("recompute-method", "uniform").Set("recompute-num-layers", 1);
        return new(table, settings, [], ["export CUDA_DEVICE_MAX_CONNECTIONS=1"],
            TrainerScript.Torchrun(candidate, $"\"${{MEGATRON:-Megatron-LM}}/pretrain_gpt.py\" \\\n  {settings.Flags()}"),
            "Megatron-LM reads DATA as the prefix of a data set that its tools/preprocess_data.py made; the tokens are taken as they are.");
    }

    private static void Precise(TrainerSettings settings, Precision precision, TrainerTable table)
    {
        switch (precision)
        {
            case Precision.Bf16Mixed: settings.Flag("bf16"); break;
            case Precision.Fp16Mixed: settings.Flag("fp16"); break;
            case Precision.Fp8Mixed: settings.Flag("bf16").Set("fp8-format", "hybrid"); break;
            case Precision.Fp32 or Precision.Tf32: break;
            default: throw TrainerJob.Refusal(table.Name, $"has no precision {Core.Text.DeclaredName.Of(precision)}",
                "plan with --precision bf16-mixed");
        }
    }
}
