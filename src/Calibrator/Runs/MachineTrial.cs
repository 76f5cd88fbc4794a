using SlmPlanner.Core.Units;

namespace SlmPlanner.Calibrator.Runs;

/// <summary>One configuration that a calibration has not seen, predicted once and measured twice.</summary>
/// <param name="Step">Its step time, predicted and first measured.</param>
/// <param name="Again">The same, measured by a second process some minutes later; null when that failed.</param>
/// <param name="PredictedMemory">Predicted peak.</param>
/// <param name="MeasuredMemory">Measured peak.</param>
internal sealed record MachineTrial(ProvedBurst Step, ProvedBurst? Again, Bytes PredictedMemory, Bytes MeasuredMemory)
{
    /// <summary>Predicted over measured memory, less one.</summary>
    public double MemoryError => PredictedMemory.Count / MeasuredMemory.Count - 1;

    /// <summary>Second measured step over the first, less one: what no prediction can know.</summary>
    public double? Repeat => Again?.MeasuredSeconds / Step.MeasuredSeconds - 1;

    /// <summary>The same had the machine kept one pace: what remains of the unrest when slow moments are told by the reference work.</summary>
    public double? RepeatAtPace => (1 + Repeat) * Step.Slowdown / Again?.Slowdown - 1;

    /// <summary>Both measurements as one: their geometric mean.</summary>
    public double MeasuredSeconds => Math.Sqrt(Step.MeasuredSeconds * (Again ?? Step).MeasuredSeconds);

    /// <summary>Prediction over both measurements as one, less one.</summary>
    public double Error => Step.PredictedSeconds / MeasuredSeconds - 1;

    /// <summary>The same had the machine kept the calibration's pace.</summary>
    public double ErrorAtPace => (1 + Error) * Math.Sqrt(Step.Slowdown * (Again ?? Step).Slowdown) - 1;
}
