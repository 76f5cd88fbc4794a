using SlmPlanner.Core.Fitting;
using SlmPlanner.Core.Training;
using C = SlmPlanner.Core.Time.StepCoefficient;
using L = SlmPlanner.Core.Time.GroupLevel;

namespace SlmPlanner.Core.Time.Terms;

/// <summary>The optimizer's update, once a step.</summary>
internal sealed class OptimizerTerm : StepTerm
{
    /// <summary>
    /// Bytes per parameter that any step reads and writes beside its states: gradient, master copy twice and the 16-bit weight; gradient
    /// and weight twice in pure 16-bit.
    /// </summary>
    private const double MixedBytes = 14, PureBytes = 6;

    private const double WideMoment = 4, NarrowMoment = 2;

    /// <inheritdoc/>
    public override string Key => "optimizer";

    /// <inheritdoc/>
    public override string Formula =>
        "`OptimizerTraffic`·(30·N/ranks + `ParameterTraffic`)/bandwidth, 14 bytes in pure bfloat16, ranks those that divide optimizer "
        + "states; "
        + "`ParameterTraffic` on a calibrated machine only. 16 (8) of the bytes are AdamW's two moments, read and written; other "
        + "optimizers "
        + "move their own, and Muon and SOAP multiply the matrices of blocks; on the host instead N/ranks·((gradient + weight)/slot + "
        + "ranks of a machine·(gradient + 24 + weight)/host memory)";

    /// <inheritdoc/>
    public override string Source =>
        "bytes of AdamW's states (Rajbhandari et al. 2020, 3.1), each read and written; Muon's Newton-Schulz steps (Jordan et al. "
        + "2024), SOAP's bases "
        + "(Vyas et al. 2024); on the host Ren et al. 2021 (ZeRO-Offload), 4, at 32 GB/s a slot and 205 GB/s a host";

    /// <inheritdoc/>
    public override IReadOnlyList<CoefficientPrior> Coefficients { get; } =
    [
        new(C.OptimizerTraffic, 1.3, 0.61, [new(L.Kernels, 0.46), new(L.Stack, 0.55), new(L.Machine, 1), new(L.MachineRanks, 0.5),
            new(L.MachineScheme, 0.2)]),
    ];

    internal override double Seconds(ref StepContext step)
    {
        if (step.Setup.Optimizer.OnHost)
            return OnHostSeconds(step);
        var moved = step.Device.IsMachine ? ParameterTraffic.Bytes(step.Shape, step.Setup) : 0;
        var seconds = step[C.OptimizerTraffic]
            * (BytesPerParameter(step) * Updated(step) / step.Setup.OptimizerRanks + moved) / step.Device.BandwidthBytes;
        return seconds + MultiplySeconds(ref step);
    }

    private static double OnHostSeconds(in StepContext step)
    {
        var bytes = ElementBytes.Of(step.Setup.Precision, step.Setup.Sharded, step.Links.Widths);
        return HostOptimizer.Typical.Seconds(
            Updated(step) / step.Setup.OptimizerRanks, bytes.Reduce, bytes.Gather,
            Math.Min(step.Setup.Gpus, step.Setup.Layout.GpusPerNode));
    }

    private static double BytesPerParameter(in StepContext step)
    {
        var kind = step.Setup.Optimizer.Kind;
        var shape = step.Shape;
        var moments = OptimizerCosts.Moments(kind, shape.Layers * shape.BlockParameters / shape.Parameters, shape.DModel);
        var bytes = OptimizerCosts.MomentBytes(kind, step.Device.IsPure ? NarrowMoment : WideMoment);
        return (step.Device.IsPure ? PureBytes : MixedBytes) + (2 * moments * bytes) + OptimizerCosts.ExtraTraffic(kind);
    }

    /// <summary>Parameters that the ranks which divide optimizer states update together.</summary>
    private static double Updated(in StepContext step) => step.Shape.TrainedOver(step.Setup.Tuning, step.Setup.OptimizerRanks);

    private static double TrainedOfBlocks(in StepContext step) =>
        step.Setup.Tuning.Freezes ? step.Shape.Trained(step.Setup.Tuning) : step.Shape.Layers * step.Shape.BlockParameters;

    /// <summary>Multiplies of a step at the rate of the blocks' own, divided among the ranks that divide the states.</summary>
    private static double MultiplySeconds(ref StepContext step)
    {
        var perParameter = OptimizerCosts.Operations(step.Setup.Optimizer.Kind, step.Shape.DModel);
        return perParameter == 0 ? 0
            : perParameter * TrainedOfBlocks(step) / step.Setup.OptimizerRanks
                * step[C.MatmulInverseEfficiency] / (step.Device.IsFp8 ? step.Device.WideFlops : step.Device.MatmulFlops);
    }
}
