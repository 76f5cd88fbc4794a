using SlmPlanner.Core.Numerics;
using SlmPlanner.Core.Training;
using C = SlmPlanner.Core.Time.StepCoefficient;

namespace SlmPlanner.Core.Time.Terms;

/// <summary>
/// Inputs of recomputed blocks on their way to the host's memory and back, as far as the blocks' work does not hide them: down in the
/// forward pass, up in the backward pass. That several devices share the host's memory is in the coefficient alone.
/// </summary>
internal sealed class OffloadTerm : StepTerm
{
    /// <inheritdoc/>
    public override string Key => "offload";

    /// <inheritdoc/>
    public override string Formula =>
        "g · ((max₆(F, t) − F) + (max₆(B, t) − B)), F and B the blocks' work of the forward and of the backward pass, recomputation "
        + "included, t = `HostTraffic` · m·L·d·ρ/slot; ρ bytes of the residual stream";

    /// <inheritdoc/>
    public override string Source => "Rajbhandari et al. 2021 (ZeRO-Infinity), 5.1.3: checkpoints of activations in the host's memory, "
        + "beside computation; the slot by generation of PCI Express; no measured row tells: the prior is wide";

    /// <inheritdoc/>
    public override IReadOnlyList<CoefficientPrior> Coefficients { get; } = [new(C.HostTraffic, 1.3, 0.7)];

    /// <inheritdoc/>
    public override bool IsOf(in TrainingSetup setup) => setup.KeepsInputsOnHost;

    internal override double Seconds(ref StepContext step)
    {
        if (!step.Setup.KeepsInputsOnHost)
            return 0;
        var oneWay = step[C.HostTraffic] * Bytes(step) / step.Links.HostBytes;
        var forward = step.MatmulForward + step.AttentionForward + step.MemoryBoundForward;
        var backward = step.WorkSeconds - step.HeadSeconds - forward;
        return step.EveryMicroBatch(Exposed(forward, oneWay) + Exposed(backward, oneWay));
    }

    private static double Exposed(double work, double transfer) => SmoothMaximum.OfSixthPowers(work, transfer) - work;

    /// <summary>Bytes of one micro-batch and rank, one way: of the blocks that have a backward pass.</summary>
    private static double Bytes(in StepContext step)
    {
        var setup = step.Setup;
        var element = ElementBytes.Residual(setup.Precision, setup.Sharded, setup.Tuning.Freezes, step.Links.Widths);
        return step.Trained.Backward * step.Tokens * step.Shape.Layers * step.Shape.ResidualWidth * element;
    }
}
