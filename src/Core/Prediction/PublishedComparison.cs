using SlmPlanner.Core.Fitting;
using SlmPlanner.Core.Workloads;

namespace SlmPlanner.Core.Prediction;

/// <summary>Sets what devices were measured to do beside what a fit that has not seen it says.</summary>
public static class PublishedComparison
{
    private const double Confidence = 0.9;

    /// <summary>A comparison for each device, by name.</summary>
    /// <param name="published">The fit.</param>
    /// <param name="measured">What was measured; what has no speed is passed over.</param>
    public static IReadOnlyList<DeviceComparison> Of(FittedModel published, IEnumerable<Workload> measured)
    {
        var predictor = new Predictor(published, FitOptions.Default);
        return
        [
            .. measured.Where(workload => workload.Observation.Speed is not null).GroupBy(workload => workload.Device)
                .OrderBy(kind => kind.Key, StringComparer.Ordinal).Select(kind => Of(published, predictor, kind.Key, [.. kind])),
        ];
    }

    private static DeviceComparison Of(FittedModel published, Predictor predictor, string device, Workload[] measured)
    {
        var gain = measured.Average(workload => predictor.Predict(workload).LogSecondsPerToken - workload.LogSecondsPerToken);
        var seen = IntervalScale.Reach(Confidence)
            * Math.Sqrt(measured.Sum(workload => workload.MeasuredSpread * workload.MeasuredSpread)) / measured.Length;
        var expected = predictor.MeanReach(measured, Confidence);
        return new(
            device, measured.Length, published.Rows.Count(row => row.Keys.Device == device), Math.Exp(gain), Math.Exp(gain - seen),
            Math.Exp(gain + seen), Math.Exp(-expected), Math.Exp(expected));
    }
}
