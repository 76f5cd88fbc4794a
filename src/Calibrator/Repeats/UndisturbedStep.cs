using SlmPlanner.Data.Measurements.Bursts;

namespace SlmPlanner.Calibrator.Repeats;

/// <summary>
/// What a step takes when nothing else runs, from steps of which some were disturbed. Interference only adds time. Where each step says how
/// long it waited for a core, those that hardly waited count; where too few did, their waits are taken off. Where no step says so and other
/// programs ran, the fast mode counts: the fastest steps that agree, or the half-sample mode (Bickel and Frühwirth 2006, Computational
/// Statistics and Data Analysis 50).
/// </summary>
internal static class UndisturbedStep
{
    /// <summary>Steps that hardly waited, from which on the others are left out.</summary>
    private const int FewestClean = 3;

    /// <summary>Steps of a quiet burst agree within this share of the fastest.</summary>
    private const double Agreement = 0.03;

    /// <summary>
    /// Standard error per share of the cores that other programs took: they slow a step by as much when it shares its cores with them.
    /// Where the steps are known not to have waited, caches and memory are still shared.
    /// </summary>
    private const double PerShare = 1, PerShareUnwaited = 0.3;

    /// <summary>The step with its standard error; a burst without samples stays as it is.</summary>
    /// <param name="burst">A measured burst.</param>
    /// <param name="disturbance">What was taken from it.</param>
    public static StepTimeSummary Of(BurstResult burst, Disturbance disturbance)
    {
        StepSample[] steps = [.. burst.Samples.Where(sample => !sample.Warmup)];
        if (steps.Length == 0)
            return burst.StepTimeS!;
        var share = Math.Max(0, disturbance.OtherShare - Disturbance.QuietShare);
        if (disturbance.WaitShare is null)
            return With(share == 0 ? Summary(steps) : Fast(steps), 0, PerShare * share);
        StepSample[] clean = [.. steps.Where(IsClean)];
        if (clean.Length >= Math.Min(FewestClean, steps.Length))
            return With(Summary(clean), 0, PerShareUnwaited * share);
        var waited = steps.Select(step => step.WaitSeconds!.Value / step.StepSeconds).Average();
        return With(StepTimeSummary.Of([.. steps.Select(step => step.StepSeconds - step.WaitSeconds!.Value)]), waited / 2,
            PerShare * share);
    }

    /// <summary>
    /// Median of the reference work beside the clean steps, or beside all where there are too few; null where it was not timed.
    /// </summary>
    public static double? ReferenceSeconds(BurstResult burst)
    {
        double[] clean = [.. burst.Samples.Where(sample => !sample.Warmup && IsClean(sample)).Select(sample => sample.ReferenceSeconds)
            .OfType<double>()];
        return clean.Length < FewestClean ? burst.ReferenceSeconds : MedianInterval.Of(clean).Median;
    }

    /// <summary>
    /// The half-sample mode: the half of the values that lies closest together, of that again the half, down to two values.
    /// </summary>
    /// <param name="values">At least one.</param>
    internal static double HalfSampleMode(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        while (sorted.Length > 2)
        {
            var half = (sorted.Length + 1) / 2;
            var first = Enumerable.Range(0, sorted.Length - half + 1).MinBy(start => sorted[start + half - 1] - sorted[start]);
            if (half == sorted.Length)
                break;
            sorted = sorted[first..(first + half)];
        }
        return sorted.Average();
    }

    private static bool IsClean(StepSample step) => step.WaitSeconds is null
        || step.WaitSeconds <= Disturbance.QuietWait * step.StepSeconds;

    private static StepTimeSummary Summary(StepSample[] steps) => StepTimeSummary.Of([.. steps.Select(step => step.StepSeconds)]);

    /// <summary>
    /// The fast mode, not known better than the median is, nor than both differ. Where several steps agree with the fastest it is theirs,
    /// even if the slow ones lie closer together; else the half-sample mode.
    /// </summary>
    private static StepTimeSummary Fast(StepSample[] steps)
    {
        var median = Summary(steps);
        double[] fastest = [.. steps.Select(step => step.StepSeconds).Where(seconds => seconds <= (1 + Agreement) * median.Minimum)];
        var mode = fastest.Length >= FewestClean ? fastest.Average()
            : Math.Min(median.Median, HalfSampleMode(steps.Select(step => step.StepSeconds)));
        return With(median with { Median = mode }, Math.Log(median.Median / mode));
    }

    private static StepTimeSummary With(StepTimeSummary step, params ReadOnlySpan<double> errors)
    {
        var square = step.LogError * step.LogError;
        foreach (var error in errors)
            square += error * error;
        return step.WithLogError(Math.Sqrt(square));
    }
}
