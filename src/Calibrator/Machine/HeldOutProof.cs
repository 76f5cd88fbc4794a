using MathNet.Numerics.Distributions;
using SlmPlanner.Core.Hardware;
using SlmPlanner.Data.Measurements.Bursts;

namespace SlmPlanner.Calibrator.Machine;

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
        .. bursts.Where(burst => burst.StepTimeS is not null).Select(burst => ProvedBurst.Predicted(model, burst.Spec) with
        {
            MeasuredSeconds = burst.StepTimeS!.Median,
            MeasuredLogError = burst.StepTimeS.LogError,
            Slowdown = model.Pace.Slowdown(burst),
        }),
    ];

    /// <summary>
    /// Each burst predicted by a fit to the others: the bursts split into ten parts, each left out once; schemes that raced stay together.
    /// </summary>
    public static IReadOnlyList<ProvedBurst> LeftOut(Accelerator device,
        IReadOnlyList<BurstResult> bursts, IReadOnlyList<Sibling>? siblings = null)
    {
        var places = bursts.Select(burst => burst.Spec.WithoutScheme()).Distinct().Index()
            .ToDictionary(entry => entry.Item, entry => entry.Index);
        var folds = bursts.ToLookup(burst => places[burst.Spec.WithoutScheme()] % Folds);
        return [.. Enumerable.Range(0, Folds).SelectMany(fold => Of(
            MachineModel.Fit(device, [.. bursts.Where(burst => places[burst.Spec.WithoutScheme()] % Folds != fold)], siblings),
            folds[fold]))];
    }

    /// <summary>
    /// The factor on standard deviations that makes nine of ten left-out bursts fall into their 90 % interval; at least a tenth.
    /// </summary>
    public static double IntervalScale(IReadOnlyList<ProvedBurst> leftOut)
    {
        if (leftOut.Count == 0)
            return 1;
        var sorted = leftOut.Select(burst => burst.Deviations).Order().ToArray();
        return Math.Max(NarrowestScale, sorted[Math.Min(sorted.Length - 1, (int)Math.Ceiling(Confidence * sorted.Length) - 1)] / Reach);
    }
}
