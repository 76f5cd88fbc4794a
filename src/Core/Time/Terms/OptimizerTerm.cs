using SlmPlanner.Core.Fitting;
using C = SlmPlanner.Core.Time.StepCoefficient;
using L = SlmPlanner.Core.Time.GroupLevel;

namespace SlmPlanner.Core.Time.Terms;

/// <summary>The optimizer's update, once a step.</summary>
internal sealed class OptimizerTerm : StepTerm
{
    /// <summary>Bytes per parameter that an Adam step reads and writes: fp32 states, gradient and master copy; 14 in pure 16-bit.</summary>
    private const double MixedBytes = 30, PureBytes = 14;

    /// <inheritdoc/>
    public override string Key => "optimizer";

    /// <inheritdoc/>
    public override string Formula =>
        "`OptimizerTraffic`·(30·N/ranks + `ParameterTraffic`)/bandwidth, 14 bytes in pure bfloat16, ranks those that divide optimizer states; "
        + "`ParameterTraffic` on a calibrated machine only";

    /// <inheritdoc/>
    public override string Source => "bytes of AdamW's states (Rajbhandari et al. 2020, 3.1), each read and written";

    /// <inheritdoc/>
    public override IReadOnlyList<CoefficientPrior> Coefficients { get; } =
    [
        new(C.OptimizerTraffic, 1.3, 0.5, [new(L.Kernels, 0.4), new(L.Stack, 0.4), new(L.Machine, 1), new(L.MachineRanks, 0.5), new(L.MachineScheme, 0.2)]),
    ];

    internal override double Seconds(ref StepContext step)
    {
        var moved = step.Device.IsMachine ? ParameterTraffic.Bytes(step.Shape, step.Setup) : 0;
        return step[C.OptimizerTraffic]
            * ((step.Device.IsPure ? PureBytes : MixedBytes) * step.Shape.Parameters / step.Setup.OptimizerRanks + moved) / step.Device.BandwidthBytes;
    }
}
