using SlmPlanner.Calibrator.Bursts;
using SlmPlanner.Calibrator.Measurement;
using SlmPlanner.Core.Hardware;
using MathNet.Numerics.Distributions;

namespace SlmPlanner.Calibrator.Runs;

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
    /// <summary>The error had the machine kept the model's pace.</summary>
    public double ErrorAtPace => PredictedSeconds * Slowdown / MeasuredSeconds - 1;

    /// <summary>Predicted over measured, less one.</summary>
    public double Error => PredictedSeconds / MeasuredSeconds - 1;

    /// <summary>Distance from the prediction in standard deviations of both.</summary>
    public double Deviations => Math.Abs(Math.Log(MeasuredSeconds / PredictedSeconds))
        / Math.Sqrt(LogSpread * LogSpread + MeasuredLogError * MeasuredLogError);

    /// <summary>True when the measured step fell into the prediction's 90 % interval, which allows for the measurement's own error.</summary>
    public bool IsCovered => Deviations <= HeldOutProof.Reach;
}

/// <summary>What bursts that a model did not see say about it.</summary>
internal static class HeldOutProof
{
    private const int Folds = 10;
    private const double Confidence = 0.9;
    private const double NarrowestScale = 0.1;

    /// <summary>Standard deviations on each side of a 90 % interval.</summary>
    public static double Reach { get; } = Normal.InvCDF(0, 1, 0.5 + Confidence / 2);

    /// <summary>Predictions for measured bursts.</summary>
    public static IReadOnlyList<ProvedBurst> Of(MachineModel model, IEnumerable<BurstResult> bursts) =>
    [
        .. bursts.Where(burst => burst.StepTimeS is not null).Select(burst =>
        {
            var (step, spread) = model.Predict(burst.Spec);
            return new ProvedBurst(burst.Spec, step.TotalSeconds, burst.StepTimeS!.Median, spread, burst.StepTimeS.LogError, model.Pace.Slowdown(burst));
        }),
    ];

    /// <summary>Each burst predicted by a fit to the others: the bursts split into ten parts, each left out once; schemes that raced stay together.</summary>
    public static IReadOnlyList<ProvedBurst> LeftOut(DeviceSpec device, IReadOnlyList<BurstResult> bursts)
    {
        static BurstSpec Raced(BurstResult burst) => burst.Spec with { Parallelism = BurstParallelism.Single };
        var places = bursts.Select(Raced).Distinct().Index().ToDictionary(entry => entry.Item, entry => entry.Index);
        var folds = bursts.ToLookup(burst => places[Raced(burst)] % Folds);
        return [.. Enumerable.Range(0, Folds).SelectMany(fold => Of(
            MachineModel.Fit(device, [.. bursts.Where(burst => places[Raced(burst)] % Folds != fold)]), folds[fold]))];
    }

    /// <summary>The factor on standard deviations that makes nine of ten left-out bursts fall into their 90 % interval; at least a tenth.</summary>
    public static double IntervalScale(IReadOnlyList<ProvedBurst> leftOut)
    {
        if (leftOut.Count == 0)
            return 1;
        var sorted = leftOut.Select(burst => burst.Deviations).Order().ToArray();
        return Math.Max(NarrowestScale, sorted[Math.Min(sorted.Length - 1, (int)Math.Ceiling(Confidence * sorted.Length) - 1)] / Reach);
    }
}
