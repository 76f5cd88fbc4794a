using SlmPlanner.Core.Models.Blocks;
using SlmPlanner.Core.Text;
using SlmPlanner.Core.Training;

namespace SlmPlanner.Planner.Export.Trainers;

/// <summary>What programs for fine-tuning are told beside the plan: rates that their own examples have, and names of matrices.</summary>
/// <param name="Job">The plan.</param>
/// <param name="Tuning">How the base model is trained further.</param>
internal sealed record FineTuningJob(TrainerJob Job, Tuning Tuning)
{
    /// <summary>
    /// Learning rates of the examples in TRL's <c>trl/scripts/sft.py</c> (commit 04f40dc7): all parameters, adapters. torchtune's 1B
    /// recipes have 2e-5 and 3e-4, axolotl's qlora-1b 2e-4. No rule of this program says a better one.
    /// </summary>
    private const double FullRate = 2e-5, AdapterRate = 2e-4;

    /// <summary>Share of the steps that the rate rises, as axolotl's examples have it (<c>qlora-1b.yml</c>).</summary>
    public const double WarmupShare = 0.1;

    /// <summary>The job of a plan that fine-tunes.</summary>
    /// <exception cref="Core.InputException">The plan trains from the start.</exception>
    public static FineTuningJob Of(TrainerJob job, string trainer) => job.Candidate.Tuning is { } tuning
        ? new(job, tuning)
        : throw TrainerJob.Refusal(trainer, "fine-tunes, and the plan trains from the start",
            "plan with --task finetune, or take another trainer");

    /// <summary>Learning rate.</summary>
    public double LearningRate => Tuning.HasAdapters ? AdapterRate : FullRate;

    /// <summary>Scale of adapters: twice the rank, as torchtune's recipes say is usual.</summary>
    public int Alpha => 2 * Tuning.Rank;

    /// <summary>Epochs; null where the plan knows tokens alone.</summary>
    public double? Epochs => Job.Samples?.Lengths is null ? null : Job.Samples.Epochs;

    /// <summary>True where samples are packed.</summary>
    public bool Packs => Job.Samples is not { Padded: true };

    /// <summary>Optimizer steps.</summary>
    public long Steps => Job.Recipe.Steps;

    /// <summary>
    /// Modules with adapters as Hugging Face's models of gated blocks name them; null for every matrix of a block.
    /// </summary>
    /// <exception cref="Core.InputException">The model names its matrices otherwise.</exception>
    public IReadOnlyList<string>? Modules(string trainer)
    {
        if (Tuning.Targets == AdapterTargets.All)
            return null;
        if (Job.Shape.FfnKind != FfnKind.Swiglu || Job.Shape.HasExperts)
            throw TrainerJob.Refusal(trainer, $"names the matrices of {Job.Shape.Name} in a way that is not known here",
                "plan with --targets all");
        return [.. AdapterTargetsText.Names.Where(entry => Tuning.Targets.HasFlag(entry.Target)).Select(entry => $"{entry.Word}_proj")];
    }

    /// <summary>The optimizer in the words of Hugging Face's trainer.</summary>
    /// <exception cref="Core.InputException">It has none for it.</exception>
    public string Optimizer(string trainer) => Job.Candidate.Optimizer switch
    {
        null or OptimizerKind.AdamWFused => "adamw_torch_fused",
        OptimizerKind.AdamW => "adamw_torch",
        OptimizerKind.AdamW8Bit => "adamw_bnb_8bit",
        OptimizerKind.Adafactor => "adafactor",
        OptimizerKind.Sgd => "sgd",
        var other => throw TrainerJob.Refusal(trainer, $"has no optimizer {DeclaredName.Of(other.Value)} here",
            "plan with --optimizer adamw"),
    };

    /// <summary>The number format in which weights are loaded: frozen ones in 16 bits, trained ones as the recipe keeps them.</summary>
    public string LoadedAs => Job.Candidate.Precision is Precision.Fp16Mixed ? (Tuning.Freezes ? "float16" : "float32")
        : Tuning.Freezes || Job.Candidate.Precision == Precision.Bf16Pure ? "bfloat16" : "float32";

    /// <summary>True where the program itself recomputes; FSDP does it by its own setting.</summary>
    public bool Checkpoints => Job.Candidate.Recomputation == Recomputation.Full
        && Job.Candidate.Parallelism.Name is SchemeName.Ddp or SchemeName.Zero1 or SchemeName.Zero2;

    /// <summary>The shell line that asks for the base model.</summary>
    public const string AsksForBase = ": \"${BASE:?set BASE to the base model, a name on the Hugging Face hub or a folder}\"";
}
