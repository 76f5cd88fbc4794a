using SlmPlanner.Core.Models.Blocks;
using SlmPlanner.Core.Models;
using SlmPlanner.Core.Training;
using SlmPlanner.Data.Trainers;

namespace SlmPlanner.Planner.Export.Trainers;

/// <summary>nanochat's <c>base_train.py</c>: its models follow from the depth, and it has an optimizer and rates of its own.</summary>
internal static class NanochatTrainer
{
    private const int Aspect = 64;

    public static TrainerScript Write(TrainerJob job, TrainerTable table)
    {
        var (candidate, recipe, shape) = (job.Candidate, job.Recipe, job.Shape);
        if (shape.Norm != NormKind.NonParametric || shape.DModel != Aspect * shape.Layers || shape.KvHeads != shape.Heads)
            throw TrainerJob.Refusal(table.Name, $"trains models of its own family alone, {Aspect} times as wide as deep, and "
                + $"{shape.Name} is another",
                "take torchtitan, litgpt, nanotron or run-clm");
        job.RequireSharding(table.Name, SchemeName.Ddp, SchemeName.Zero1, SchemeName.Zero2);
        job.RequireRecomputation(table.Name, Recomputation.None);
        if (candidate.Precision is not (Precision.Bf16Mixed or Precision.Bf16Pure or Precision.Fp8Mixed))
            throw TrainerJob.Refusal(table.Name, "trains in bf16 or fp8", "plan with --precision bf16-mixed");
        var settings = new TrainerSettings(table)
            .Set("depth", shape.Layers).Set("aspect-ratio", Aspect).Set("head-dim", shape.HeadDim).Set("max-seq-len", candidate.SeqLen)
            .Set("device-batch-size", candidate.MicroBatch).Set("total-batch-size", (long)candidate.TokensPerStep)
            .Set("num-iterations", recipe.Steps).Set("warmup-steps", recipe.WarmupSteps).Set("save-every", job.CheckpointSteps)
            .Set("run", $"{candidate.Model}-{candidate.PlanId}").Set("model-tag", candidate.PlanId)
            .Set("resume-from-step", new ShellVariable("$STEP")).Flag("fp8", candidate.Precision == Precision.Fp8Mixed);
        return new(table, settings, [],
            [
                "export NANOCHAT_BASE_DIR=\"$OUT\"",
                "ln -sfn \"$DATA\" \"$OUT/base_data\"",
                $"STEP=$( (ls \"$OUT/base_checkpoints/{candidate.PlanId}\" 2> /dev/null || true) | sed -n "
                + $"'s/^meta_0*\\([0-9][0-9]*\\)\\.json$/\\1/p' | sort -n | tail -n 1)",
                "STEP=${STEP:--1}",
                "cd \"${NANOCHAT:-nanochat}\"",
            ],
            TrainerScript.Torchrun(candidate, $"-m scripts.base_train -- \\\n  {settings.Flags()}"),
            "nanochat reads DATA as its folder of data, and needs its tokenizer in OUT. Its optimizer is Muon: its own rates are kept.",
            $"nanochat always compiles the model; the plan counted "
            + $"{(candidate.Compile ? "with that" : "without, so it may be faster than planned")}.");
    }
}
