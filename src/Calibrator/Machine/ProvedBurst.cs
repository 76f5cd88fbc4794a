using SlmPlanner.Data.Measurements.Bursts;

namespace SlmPlanner.Calibrator.Machine;

/// <summary>A burst's step time as predicted and as measured.</summary>
/// <param name="Spec">The configuration.</param>
/// <param name="PredictedSeconds">By a model that did not see it, or in sample where the reader is told so.</param>
/// <param name="MeasuredSeconds">Median of the measured steps.</param>
/// <param name="LogSpread">Standard deviation of the prediction's logarithm.</param>
/// <param name="MeasuredLogError">Standard error of the logarithm of the measured median.</param>
/// <param name="Slowdown">How much slower than the model's pace the machine was meanwhile, as a factor; 1 where not known.</param>
internal sealed record ProvedBurst(
    BurstSpec Spec, double PredictedSeconds, double MeasuredSeconds, double LogSpread, double MeasuredLogError, double Slowdown = 1)
{
    /// <summary>What the rule of thumb says: see <see cref="NaiveStep"/>.</summary>
    public double NaiveSeconds { get; init; }

    /// <summary>True when other programs disturbed the measurement.</summary>
    public bool IsDisturbed { get; init; }

    /// <summary>The rule of thumb over measured, less one.</summary>
    public double NaiveError => NaiveSeconds / MeasuredSeconds - 1;

    /// <summary>The error had the machine kept the model's pace.</summary>
    public double ErrorAtPace => PredictedSeconds * Slowdown / MeasuredSeconds - 1;

    /// <summary>Predicted over measured, less one.</summary>
    public double Error => PredictedSeconds / MeasuredSeconds - 1;

    /// <summary>Distance from the prediction in standard deviations of both.</summary>
    public double Deviations => Math.Abs(Math.Log(MeasuredSeconds / PredictedSeconds))
        / Math.Sqrt(LogSpread * LogSpread + MeasuredLogError * MeasuredLogError);

    /// <summary>
    /// True when the measured step fell into the prediction's 90 % interval, which allows for the measurement's own error.
    /// </summary>
    public bool IsCovered => Deviations <= HeldOutProof.Reach;

    /// <summary>A prediction that is not measured yet: the measured time is not a number.</summary>
    /// <param name="model">The machine's model.</param>
    /// <param name="spec">The configuration.</param>
    public static ProvedBurst Predicted(MachineModel model, BurstSpec spec)
    {
        var (step, spread) = model.Predict(spec);
        return new(spec, step.TotalSeconds, double.NaN, spread, MeasuredLogError: 0) { NaiveSeconds = model.Naive.Seconds(spec) };
    }
}
