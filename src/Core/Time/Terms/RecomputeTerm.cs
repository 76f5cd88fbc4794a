using SlmPlanner.Core.Fitting;
using SlmPlanner.Core.Training;

namespace SlmPlanner.Core.Time.Terms;

/// <summary>Forward work done again in the backward pass.</summary>
internal sealed class RecomputeTerm : StepTerm
{
    /// <inheritdoc/>
    public override string Key => "recompute";

    /// <inheritdoc/>
    public override string Formula =>
        "g · forward seconds of: full, the blocks; selective, key and output multiplies, the gate's multiply and all memory-bound work, "
        + "with vanilla attention its core; "
        + "attention, its core";

    /// <inheritdoc/>
    public override string Source =>
        "selective: torchtitan's per-operation policy (fused attention and every second multiply are saved); attention: Korthikanti et "
        + "al. 2022, 5";

    /// <inheritdoc/>
    public override IReadOnlyList<CoefficientPrior> Coefficients { get; } = [];

    internal override double Seconds(ref StepContext step) => step.EveryMicroBatch(step.Trained.Backward * step.Setup.Recomputation switch
    {
        Recomputation.Full => step.MatmulForward + step.AttentionForward + step.MemoryBoundForward,
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
