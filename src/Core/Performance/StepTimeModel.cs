using SlmPlanner.Core.Hardware;
using SlmPlanner.Core.Models;
using SlmPlanner.Core.Training;

namespace SlmPlanner.Core.Performance;

/// <summary>Step time of one rank for one shape on one device in one software stack.</summary>
public sealed class StepTimeModel(TransformerShape shape, DeviceSpec device, NodeLink? link)
{
    private const double AchievableShareOfPeak = 0.45;
    private readonly double _blockFlopsPerToken = 6.0 * shape.Layers * shape.DModel * (4.0 * shape.DModel + 3.0 * shape.DFfn);
    private readonly double _headFlopsPerToken = 6.0 * shape.DModel * shape.Vocab;
    private readonly double _flopsPerSecond = (device.Bf16Tflops ?? device.Fp16Tflops ?? device.Fp32Tflops ?? 1) * 1e12 * AchievableShareOfPeak;
    private readonly double _linkBytesPerSecond = (link?.IntraNodeGbS ?? 32) * 1e9 / 2;

    /// <summary>The terms of one optimizer step; finite and positive for every valid setup. Allocates nothing.</summary>
    public StepTime Predict(in TrainingSetup setup)
    {
        var tokens = setup.TokensPerMicroBatch * setup.GradAccum;
        var matmul = tokens * _blockFlopsPerToken / _flopsPerSecond;
        return new(
            matmul,
            tokens * _headFlopsPerToken / _flopsPerSecond,
            0,
            0,
            setup.Recomputation == Recomputation.Full ? matmul / 3 : 0,
            0,
            0,
            setup.Gpus > 1 ? _blockFlopsPerToken / 3 / _linkBytesPerSecond : 0,
            0);
    }

    /// <summary>Standard deviation of the natural logarithm of the step time: what the model does not know. At least 0.01.</summary>
    public double LogSpread(in TrainingSetup setup) => setup.Gpus > 1 ? 0.35 : 0.3;
}
