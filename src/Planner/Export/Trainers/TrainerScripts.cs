using SlmPlanner.Core.Economics.Cost;
using SlmPlanner.Core.Economics.Recipe;
using SlmPlanner.Core.Models;
using SlmPlanner.Core.Planning.Results;
using SlmPlanner.Core.Training;
using SlmPlanner.Data.Economics;
using SlmPlanner.Data.Models;
using SlmPlanner.Data.Profiles;
using SlmPlanner.Data.Trainers;

namespace SlmPlanner.Planner.Export.Trainers;

/// <summary>Makes the script of a training program for a plan.</summary>
internal static class TrainerScripts
{
    /// <summary>What makes the script for the plan's candidate.</summary>
    /// <param name="trainer">The program.</param>
    /// <param name="plan">The plan, which knows the model and when to write checkpoints.</param>
    /// <param name="store">Tables of settings, models and rules.</param>
    public static Func<Candidate, LaunchScript> Of(Trainer trainer, PlanResult plan, ProfileStore store) => candidate =>
    {
        var table = TrainerTable.Read(store.Files("trainers", FileOf(trainer))[0]);
        var job = Job(candidate, plan, store);
        var script = Write(trainer, job, table);
        return (script with { Notes = [.. script.Notes, .. RecipeNotes.Of(job.Recipe)] }).For(candidate.PlanId!);
    };

    /// <summary>The script of a job.</summary>
    /// <exception cref="Core.InputException">The program can't do what the plan says; a model that is split over devices is left to other
    /// formats.</exception>
    public static TrainerScript Write(Trainer trainer, TrainerJob job, TrainerTable table)
    {
        ModelSplit.Refuse(job.Candidate, table.Name);
        if (job.Candidate.Tuning is not null && trainer is not (Trainer.Trl or Trainer.Axolotl or Trainer.Torchtune))
            throw TrainerJob.Refusal(table.Name, "trains from the start here, and the plan fine-tunes", "take trl, axolotl or torchtune");
        job.RequireLoss(table.Name, LossesOf(trainer));
        if (trainer is not (Trainer.Trl or Trainer.Torchtune))
            job.RequireNoOffload(table.Name);
        var script = Of(trainer, job, table);
        return script with
        {
            Notes =
            [
                .. script.Notes, .. job.Candidate.Loss is { } loss ? [NoteOn(loss, job.Candidate)] : Array.Empty<string>(),
                .. EvaluationSettings.Notes(trainer, job.Candidate),
            ],
        };
    }

    private static TrainerScript Of(Trainer trainer, TrainerJob job, TrainerTable table) => trainer switch
    {
        Trainer.Torchtitan => TorchtitanTrainer.Write(job, table),
        Trainer.Litgpt => LitgptTrainer.Write(job, table),
        Trainer.Nanotron => NanotronTrainer.Write(job, table),
        Trainer.MegatronLm => MegatronTrainer.Write(job, table),
        Trainer.RunClm => RunClmTrainer.Write(job, table),
        Trainer.Nanogpt => NanogptTrainer.Write(job, table),
        Trainer.Nanochat => NanochatTrainer.Write(job, table),
        Trainer.Trl => TrlTrainer.Write(job, table),
        Trainer.Axolotl => AxolotlTrainer.Write(job, table),
        Trainer.Torchtune => TorchtuneTrainer.Write(job, table),
        _ => throw new ArgumentOutOfRangeException(nameof(trainer), trainer, null),
    };

    private static string NoteOn(LossForm loss, Candidate candidate) => loss == LossForm.Fused ? LigerKernels.Note
        : $"The plan counted a loss in {candidate.LossChunks} chunks; the program's have a size of its own.";

    /// <summary>
    /// Forms of the loss that a program has settings for. torchtune's chunked losses keep every chunk's logits for the backward pass, so
    /// that they are neither of these.
    /// </summary>
    private static IReadOnlyList<LossForm> LossesOf(Trainer trainer) => trainer switch
    {
        Trainer.Trl => [LossForm.Chunked, LossForm.Fused],
        Trainer.Axolotl or Trainer.RunClm => [LossForm.Fused],
        _ => [],
    };

    /// <summary>The file of a program's table.</summary>
    public static string FileOf(Trainer trainer) => Core.Text.DeclaredName.Of(trainer) + ".json";

    private static TrainerJob Job(Candidate candidate, PlanResult plan, ProfileStore store)
    {
        var shape = plan.Request.Model ?? ModelCatalog.Read(store.Files("models", "*.json")).Find(candidate.Model);
        var count = ParameterCount.Of(shape);
        var rules = new RecipeRules(RecipeFile.Read(store.RootOf("recipe.json")), BatchFile.Read(store.RootOf("batch.json")));
        var recipe = rules.Of(count.Total, count.Total - count.Embedding - count.Head - count.Positions, candidate.Tokens,
            candidate.TokensPerStep,
            candidate.GradAccum);
        return new(candidate, shape, recipe, CheckpointSteps(candidate, plan, store, recipe.Steps)) { Samples = plan.Request.Samples };
    }

    /// <summary>
    /// Steps between checkpoints: the interval of the plan's risk model; where that is longer than the run, a checkpoint at its end.
    /// </summary>
    private static long CheckpointSteps(Candidate candidate, PlanResult plan, ProfileStore store, long steps)
    {
        var seconds = plan.Forecast?.Risk.CheckpointIntervalSeconds
            ?? new RunModel(RiskProfileFile.Read(store.RootOf("risk.json")).Assumptions).Expect(new()
        {
            StepSeconds = candidate.StepTimeSeconds, Steps = steps, Nodes = candidate.Nodes, UsdPerHour = candidate.UsdPerHour,
            Checkpoint = new(12.0 * candidate.ModelParameters), Spot = candidate.Spot, Compile = candidate.Compile,
        }).CheckpointIntervalSeconds;
        var between = seconds / candidate.StepTimeSeconds;
        return double.IsFinite(between) ? (long)Math.Clamp(Math.Round(between), 1, steps) : steps;
    }
}
