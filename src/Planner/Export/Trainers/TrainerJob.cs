using SlmPlanner.Core.Models.Blocks;
using SlmPlanner.Core;
using SlmPlanner.Core.Economics.Recipe;
using SlmPlanner.Core.Models;
using SlmPlanner.Core.Planning.Results;
using SlmPlanner.Core.Samples;
using SlmPlanner.Core.Training;

namespace SlmPlanner.Planner.Export.Trainers;

/// <summary>
/// All that a training program must be told: what the plan chose, the model's shape, the recipe, and when to write checkpoints.
/// </summary>
/// <param name="Candidate">What the plan chose, with its id.</param>
/// <param name="Shape">The model.</param>
/// <param name="Recipe">Batch, learning rate and weight decay by published rules.</param>
/// <param name="CheckpointSteps">Steps between checkpoints: the interval at which least is lost, as the plan's risk model has it.</param>
internal sealed record TrainerJob(Candidate Candidate, TransformerShape Shape, TrainingRecipe Recipe, long CheckpointSteps)
{
    /// <summary>The samples of fine-tuning; null where tokens alone are known.</summary>
    public SampleSet? Samples { get; init; }

    /// <summary>Sequences of one optimizer step over all devices.</summary>
    public long SequencesPerStep => (long)Candidate.MicroBatch * Candidate.GradAccum * Candidate.Gpus;

    /// <summary>True of a model of the Llama family: RMS norm, gated feed-forward, rotary positions, no bias.</summary>
    public bool IsLlama => Shape is
    {
        Norm: NormKind.RmsNorm, FfnKind: FfnKind.Swiglu, Positions: PositionKind.Rotary, QkNorm: QkNormKind.None,
        QkvBias: false, AttentionOutBias: false, FfnBias: false, HeadBias: false,
    };

    /// <summary>True of a model of GPT-2's family: layer norm, plain feed-forward, learned positions.</summary>
    public bool IsGpt2 => Shape is { Norm: NormKind.LayerNorm, FfnKind: FfnKind.Gelu, Positions: PositionKind.Learned,
        QkNorm: QkNormKind.None }
        && Shape.KvHeads == Shape.Heads;

    /// <summary>Fails unless the plan's sharding is one of these, in groups of any size where it has some.</summary>
    /// <exception cref="InputException">It is another.</exception>
    public void RequireShardingInGroups(string trainer, params IReadOnlyList<SchemeName> schemes)
    {
        if (!schemes.Contains(Candidate.Parallelism.Name))
            throw CannotShard(trainer, schemes);
    }

    /// <summary>Fails unless the plan's sharding is one of these, over the usual ranks.</summary>
    /// <exception cref="InputException">It is another, or in groups of its own.</exception>
    public void RequireSharding(string trainer, params IReadOnlyList<SchemeName> schemes)
    {
        RequireShardingInGroups(trainer, schemes);
        if (Candidate.Parallelism.Group > 0)
            throw CannotShard(trainer, schemes);
    }

    /// <summary>Fails unless the plan's recomputation is one of these.</summary>
    /// <exception cref="InputException">It is another.</exception>
    public void RequireRecomputation(string trainer, params IReadOnlyList<Recomputation> kinds)
    {
        if (!kinds.Contains(Candidate.Recomputation))
            throw Refusal(trainer, $"can't recompute '{Core.Text.DeclaredName.Of(Candidate.Recomputation)}' by its settings",
                "take another trainer, or the generic form without --trainer");
    }

    /// <summary>Fails unless the program computes the loss in the plan's form.</summary>
    /// <exception cref="InputException">It does not.</exception>
    public void RequireLoss(string trainer, params IReadOnlyList<LossForm> forms)
    {
        if (Candidate.Loss is { } loss && !forms.Contains(loss))
            throw Refusal(trainer, $"can't compute its loss '{Core.Text.DeclaredName.Of(loss)}' by its settings",
                $"plan with --loss {string.Join(',', forms.Prepend(LossForm.Whole).Select(Core.Text.DeclaredName.Of))}");
    }

    /// <summary>Fails where the plan keeps activations in the host's memory.</summary>
    /// <exception cref="InputException">It does.</exception>
    public void RequireNoOffload(string trainer)
    {
        if (Candidate.Offload is { } offload)
            throw Refusal(trainer, $"can't offload '{Core.Text.DeclaredName.Of(offload)}' by its settings",
                "plan with --offload none, or take trl or torchtune");
    }

    /// <summary>A refusal with a way out.</summary>
    public static InputException Refusal(string trainer, string what, string instead) => new($"{trainer} {what}: {instead}");

    private InputException CannotShard(string trainer, IReadOnlyList<SchemeName> schemes) => Refusal(
        trainer, $"can't shard as {Candidate.Parallelism}",
        $"plan with --parallelism {string.Join(',', schemes.Select(name => Scheme.All.First(scheme => scheme.Name == name)))}");
}
