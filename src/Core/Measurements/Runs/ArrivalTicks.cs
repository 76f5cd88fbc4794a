namespace SlmPlanner.Core.Measurements.Runs;

/// <summary>
/// How coarse a clock is that tells when lines arrived and not when they were printed. A program that writes to no terminal hands over many
/// lines at once, so that the time between two bursts is what such a clock tells.
/// </summary>
internal static class ArrivalTicks
{
    /// <summary>What is left of precision where every line arrives by itself, seconds.</summary>
    private const double Finest = 1e-3;

    /// <summary>A gap of less than this share of the mean gap is one within a burst.</summary>
    private const double WithinBurst = 0.1;

    /// <summary>Seconds that a line's arrival may be off; 0 where no two lines arrived at different times.</summary>
    public static double Of(IReadOnlyList<StepRecord> steps)
    {
        double[] gaps =
        [
            .. Enumerable.Range(1, Math.Max(0, steps.Count - 1)).Where(index => steps[index].Stretch == steps[index - 1].Stretch)
                .Select(index => steps[index].Clock - steps[index - 1].Clock).Where(gap => gap >= 0),
        ];
        var mean = gaps.Length == 0 ? 0 : gaps.Average();
        if (mean <= 0)
            return 0;
        double[] between = [.. gaps.Where(gap => gap >= mean * WithinBurst).Order()];
        return between.Length < gaps.Length / 2.0 ? Math.Max(Finest, MedianBand.At(between, 0.5)) : Finest;
    }
}
