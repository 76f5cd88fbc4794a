using SlmPlanner.Core.Training;
using SlmPlanner.Data.Trainers;

namespace SlmPlanner.Planner.Export.Trainers;

/// <summary>nanoGPT's <c>train.py</c>: settings as <c>--name=value</c>.</summary>
internal static class NanogptTrainer
{
    public static TrainerScript Write(TrainerJob job, TrainerTable table)
    {
        var (candidate, recipe, shape) = (job.Candidate, job.Recipe, job.Shape);
        if (!job.IsGpt2 || !shape.TiedEmbeddings || shape.DFfn != 4 * shape.DModel)
            throw TrainerJob.Refusal(table.Name, $"trains models of GPT-2's family alone, and {shape.Name} is another",
                "take torchtitan, litgpt, nanotron or run-clm");
        job.RequireSharding(table.Name, SchemeName.Ddp);
        job.RequireRecomputation(table.Name, Recomputation.None);
        var settings = new TrainerSettings(table)
            .Set("out_dir", new ShellVariable("$OUT")).Set("init_from", new ShellVariable("$INIT"))
            .Set("dataset", new ShellVariable("$DATA"))
            .Set("n_layer", shape.Layers).Set("n_head", shape.Heads).Set("n_embd", shape.DModel).Set("bias", Python(shape.FfnBias))
            .Set("dropout", 0.0)
            .Set("block_size", candidate.SeqLen).Set("batch_size", candidate.MicroBatch)
            .Set("gradient_accumulation_steps", candidate.GradAccum * candidate.Gpus)
            .Set("learning_rate", recipe.LearningRate[0].Amount).Set("min_lr", recipe.FinalLearningRate)
            .Set("weight_decay", recipe.WeightDecay.Amount)
            .Set("beta1", recipe.Beta1).Set("beta2", recipe.Beta2).Set("grad_clip", recipe.ClipNorm)
            .Set("max_iters", recipe.Steps).Set("lr_decay_iters", recipe.Steps).Set("warmup_iters", recipe.WarmupSteps)
            .Set("decay_lr", "True")
            .Set("eval_interval", job.CheckpointSteps).Set("always_save_checkpoint", "True").Set("compile", Python(candidate.Compile))
            .Set("dtype", candidate.Precision switch
            {
                Precision.Bf16Mixed => "bfloat16",
                Precision.Fp16Mixed => "float16",
                Precision.Fp32 or Precision.Tf32 => "float32",
                _ => Core.Text.DeclaredName.Of(candidate.Precision),
            });
        return new(table, settings, [], ["INIT=scratch; [ ! -f \"$OUT/ckpt.pt\" ] || INIT=resume", "cd \"${NANOGPT:-nanoGPT}\""],
            TrainerScript.Torchrun(candidate, $"train.py \\\n  {settings.Assignments()}"),
            "nanoGPT reads DATA as the name of a folder under data/ with train.bin and val.bin. It writes its checkpoint when it "
            + "evaluates.");
    }

    private static string Python(bool truth) => truth ? "True" : "False";
}
