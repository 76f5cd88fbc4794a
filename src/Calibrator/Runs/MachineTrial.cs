using SlmPlanner.Core.Units;

namespace SlmPlanner.Calibrator.Runs;

/// <summary>One configuration that a calibration has not seen, predicted once and measured twice.</summary>
/// <param name="Step">Its step time, predicted and first measured.</param>
/// <param name="AgainSeconds">Median step of a second process, some minutes later; null when that failed.</param>
/// <param name="PredictedMemory">Predicted peak.</param>
/// <param name="MeasuredMemory">Measured peak.</param>
internal sealed record MachineTrial(ProvedBurst Step, double? AgainSeconds, Bytes PredictedMemory, Bytes MeasuredMemory)
{
    /// <summary>Predicted over measured memory, less one.</summary>
    public double MemoryError => PredictedMemory.Count / MeasuredMemory.Count - 1;

    /// <summary>Second measured step over the first, less one: what no prediction can know.</summary>
    public double? Repeat => AgainSeconds / Step.MeasuredSeconds - 1;
}
