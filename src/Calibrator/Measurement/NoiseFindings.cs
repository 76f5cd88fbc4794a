using SlmPlanner.Core.Findings;
using SlmPlanner.Data.Measurements.Bursts;

namespace SlmPlanner.Calibrator.Measurement;

/// <summary>Judges a measurement: was the machine quiet, did it slow down, did it settle.</summary>
internal static class NoiseFindings
{
    private const double NoisyMedianOverMinimum = 1.10;
    private const double BusyOtherCores = 0.25;
    private const double DriftShare = 0.06;
    private const double WideInterval = 0.05;

    /// <summary>Everything worth saying about the measured steps and the machine meanwhile.</summary>
    public static IReadOnlyList<Finding> Of(IReadOnlyList<StepSample> samples, IReadOnlyList<UtilisationSample> utilisation)
    {
        var seconds = samples.Where(sample => !sample.Warmup).Select(sample => sample.StepSeconds).ToArray();
        return seconds.Length == 0 ? [] : [.. Spread(seconds), .. Drift(seconds), .. Machine(utilisation)];
    }

    private static IEnumerable<Finding> Spread(double[] seconds)
    {
        var interval = MedianInterval.Of(seconds);
        var ratio = interval.Median / interval.Minimum;
        if (ratio > NoisyMedianOverMinimum)
            yield return new NoisySteps(ratio - 1);
        if (interval.RelativeHalfWidth > WideInterval)
            yield return new WideInterval(interval.RelativeHalfWidth, interval.Count);
    }

    /// <summary>Compares the medians of the first and the last third: a device that heats up slows down.</summary>
    private static IEnumerable<Finding> Drift(double[] seconds)
    {
        var third = seconds.Length / 3;
        if (third < 3)
            yield break;
        var change = MedianInterval.Of(seconds[^third..]).Median / MedianInterval.Of(seconds[..third]).Median - 1;
        if (change > DriftShare)
            yield return new SlowingDown(change);
    }

    private static IEnumerable<Finding> Machine(IReadOnlyList<UtilisationSample> utilisation)
    {
        var others = utilisation.Where(sample => sample.OtherCores is not null).Select(sample => sample.OtherCores!.Value).ToArray();
        if (others.Length > 0 && others.Average() > BusyOtherCores)
            yield return new MachineBusy(others.Average());
        if (utilisation.Any(sample => sample.GpuThrottled == true))
            yield return new GpuThrottled();
    }
}
