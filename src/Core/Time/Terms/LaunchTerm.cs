using SlmPlanner.Core.Fitting;
using SlmPlanner.Core.Numerics;
using SlmPlanner.Core.Training;
using C = SlmPlanner.Core.Time.StepCoefficient;
using L = SlmPlanner.Core.Time.GroupLevel;

namespace SlmPlanner.Core.Time.Terms;

/// <summary>What kernel launches add where the host can't keep up with the device.</summary>
internal sealed class LaunchTerm : StepTerm
{
    /// <summary>
    /// Share of a block's forward kernels that run again: 23 of 28 of a gated block, and attention's 5 of 32 without a fused kernel.
    /// </summary>
    private const double SelectiveShare = 23.0 / 28, AttentionShare = 5.0 / 32;

    /// <inheritdoc/>
    public override string Key => "launch";

    /// <inheritdoc/>
    public override string Formula =>
        "g · (maxₚ(work, launches) − work), launches = `LaunchSecondsPerLayer`·L·`BlockKernels`·(1 + repeated/3), times `Fp8Launches` "
        + "with 8-bit multiplies, + `LaunchSecondsPerMicroBatch`, `TensorLaunchSeconds`·L more with tensor parallelism, "
        + "`StagedTensorSeconds`·L·T more where its pipeline spans nodes, "
        + "maxₚ(a, b) = (a^p + b^p)^(1/p), p = `LaunchSharpness`; `BlockKernels` counts on a calibrated machine and is 1 elsewhere; "
        + "frozen weights start fewer kernels, adapters more (`TunedKernels`)";

    /// <inheritdoc/>
    public override string Source =>
        "kernels counted in the calibrator's training; conversions to 8 bits as in NVIDIA's Transformer Engine (recalled)";

    /// <summary>
    /// Compilers halve the host's work and more. What a pipeline over nodes adds to tensor parallelism was seen in the one stack with a
    /// grid of both (nanotron: 3 ms per block and rank, whatever the bytes, and nothing where the device's work is longer); other stacks
    /// start from a tenth of it. With 8-bit multiplies each of a block's four multiplies narrows its input, its weight and its gradient,
    /// turns two of them over and follows their largest values: four or five more kernels, some 18 beside the 45 (plain) to 90 (gated) of a
    /// block, and the host's own work for each scale. Half as much again is assumed.
    /// </summary>
    public override IReadOnlyList<CoefficientPrior> Coefficients { get; } =
    [
        new(C.LaunchSecondsPerLayer, 1e-3, 0.81,
            [
                new(L.Kernels, 0.54), new(L.BlockStyle, 0.41), new(L.Stack, 0.43), new(L.Family, 0.61), new(L.Machine, 1),
                new(L.MachinePrecision, 0.7), new(L.Split, 0.5),
            ])
        {
            Start = (level, key) => (level, key) switch
            {
                (L.Kernels, "compiled" or "xla" or "native") => -1,
                (L.BlockStyle, "eager plain") => Math.Log(73.0 / 113),
                _ => 0,
            },
        },
        new(C.LaunchSecondsPerMicroBatch, 5e-3, 0.55, [new(L.Stack, 0.41), new(L.Machine, 1)]),
        new(C.LaunchSharpness, 2.5, 0.17, [new(L.Stack, 0.12)]),
        new(C.Fp8Launches, 1.5, 0.64, [new(L.Stack, 0.35)]),
        new(C.TensorLaunchSeconds, 1.5e-3, 0.7, [new(L.Stack, 0.7)]) { OfSplits = true },
        new(C.StagedTensorSeconds, 3e-4, 1, [new(L.Stack, 2)]) { OfSplits = true },
    ];

    internal override double Seconds(ref StepContext step)
    {
        var repeated = step.Setup.Recomputation switch
        {
            Recomputation.Full => 1,
            Recomputation.Selective => SelectiveShare,
            Recomputation.Attention => AttentionShare,
            _ => 0,
        };
        var kernels = step.Device.IsMachine ? BlockKernels.Share(step.Shape, step.Setup) : 1;
        if (step.Device.IsFp8)
            kernels *= step[C.Fp8Launches];
        var launches = step[C.LaunchSecondsPerLayer] * step.Shape.Layers * kernels * (1 + repeated / StepContext.ForwardAndBackward)
            + step[C.LaunchSecondsPerMicroBatch];
        if (step.Setup.Tuning.Freezes)
            launches *= TunedKernels.Share(step.Shape, step.Setup, step.Trained, repeated);
        if (step.Setup.Mesh.Tensor > 1)
            launches += ExchangeSeconds(ref step) * step.Shape.Layers;
        step.MicroBatchSeconds = SmoothMaximum.Of(step.WorkSeconds, launches, Math.Max(1, step[C.LaunchSharpness]));
        return step.Setup.GradAccum * (step.MicroBatchSeconds - step.WorkSeconds);
    }

    /// <summary>Per block, what the exchanges of tensor-parallel ranks take whatever their bytes.</summary>
    private static double ExchangeSeconds(ref StepContext step)
    {
        var staged = step.Setup.Mesh.Pipeline > 1 && step.Setup.Gpus > step.Setup.GpusPerNode;
        return step[C.TensorLaunchSeconds] + (staged ? step[C.StagedTensorSeconds] * step.Setup.Mesh.Tensor : 0);
    }
}
