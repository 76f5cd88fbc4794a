using SlmPlanner.Core.Fitting;
using SlmPlanner.Core.Training;
using C = SlmPlanner.Core.Time.StepCoefficient;
using L = SlmPlanner.Core.Time.GroupLevel;

namespace SlmPlanner.Core.Time.Terms;

/// <summary>Forward work done again in the backward pass.</summary>
internal sealed class RecomputeTerm : StepTerm
{
    /// <inheritdoc/>
    public override string Key => "recompute";

    /// <inheritdoc/>
    public override string Formula =>
        "g · forward seconds of: full, `RepeatedShare` of the blocks; selective, key and output multiplies, the gate's multiply and all "
        + "memory-bound work, with vanilla attention its core; "
        + "attention, its core";

    /// <inheritdoc/>
    public override string Source =>
        "full: torch/utils/checkpoint.py (set_checkpoint_early_stop); selective: torchtitan's per-operation policy (fused attention and "
        + "every second multiply are saved); attention: Korthikanti et al. 2022, 5";

    /// <summary>
    /// PyTorch's checkpoints stop as soon as everything that the backward pass needs is there again: a block's last multiply, a quarter to
    /// a third of its forward work, is left out. A fused attention's forward pass also reaches more of the peak than its backward pass,
    /// which the other terms hold to be alike (Dao 2023, FlashAttention-2, figures 5 and 6, recalled). Older, reentrant checkpoints,
    /// Megatron's and the calibrator's repeat the whole block.
    /// </summary>
    public override IReadOnlyList<CoefficientPrior> Coefficients { get; } =
    [
        new(C.RepeatedShare, 0.85, 0.13, [new(L.Stack, 0.085), new(L.Machine, 0.1)])
        {
            Start = (level, _) => level == L.Machine ? -Math.Log(0.85) : 0,
        },
    ];

    internal override double Seconds(ref StepContext step) => step.EveryMicroBatch(step.Trained.Backward * step.Setup.Recomputation switch
    {
        Recomputation.Full => step[C.RepeatedShare] * (step.MatmulForward + step.AttentionForward + step.MemoryBoundForward),
        Recomputation.Selective => UnsavedMultiplies(ref step) + step.MemoryBoundForward
            + (step.Setup.Attention == AttentionKind.Vanilla ? step.AttentionForward : 0),
        Recomputation.Attention => step.AttentionForward,
        _ => 0,
    });

    /// <summary>
    /// The second of each two multiplies in the order of a block: query, <em>key</em>, value, <em>output</em>, gate, <em>up</em>, down.
    /// Without a gate the down multiply would be next, but nothing of the backward pass needs its result.
    /// </summary>
    private static double UnsavedMultiplies(ref StepContext step)
    {
        ref readonly var shape = ref step.Shape;
        if (shape.Mixed is { } mixed)
            return MatmulTerm.Mixed(ref step, mixed.Multiplies.DenseAgain, mixed.Multiplies.ExpertsAgain);
        double tokens = step.Tokens, width = shape.DModel;
        return shape.Layers * (
            step.Block.Seconds(tokens, width, shape.KvWidth) + step.Block.Seconds(tokens, shape.QueryWidth, width)
            + (shape.FfnInputs > 1 ? step.Block.Seconds(tokens, width, shape.Ffn) : 0));
    }
}
