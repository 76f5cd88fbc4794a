namespace SlmPlanner.Presentation.Charts.Drawing;

/// <summary>Round values to mark along an axis.</summary>
internal static class AxisTicks
{
    private static readonly double[] Steps = [1, 2, 2.5, 5, 10];

    /// <summary>Among ones no halves: from ten on amounts of money are read without a fraction.</summary>
    private static readonly double[] Ones = [1, 2, 5, 10];

    private static readonly double[] Coarse = [1];
    private static readonly double[] Middle = [1, 2, 5];
    private static readonly double[] Durations =
    [
        1 / 60.0, 2 / 60.0, 5 / 60.0, 10 / 60.0, 0.5, 1, 2, 5, 12, 24, 2 * 24, 5 * 24, 10 * 24, 30 * 24, 100 * 24, 365 * 24,
        1000 * 24, 10_000 * 24,
    ];

    private static readonly double[] Fine = [1, 1.5, 2, 3, 4, 5, 7];

    /// <summary>The ticks between two values, in order; about <paramref name="wanted"/> of them.</summary>
    public static IReadOnlyList<double> Between(AxisScale scale, double low, double high, int wanted) => scale switch
    {
        AxisScale.Log => Log(low, high, wanted),
        AxisScale.LogHours => Hours(low, high, wanted),
        AxisScale.PowersOfTwo => PowersOfTwo(low, high, wanted),
        _ => Linear(low, high, wanted),
    };

    private static List<double> Linear(double low, double high, int wanted)
    {
        var rough = (high - low) / Math.Max(1, wanted);
        var unit = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        var step = unit * (unit == 1 ? Ones : Steps).First(factor => factor * unit >= rough * 0.999);
        var first = (long)Math.Ceiling(low / step - 1e-9);
        var last = (long)Math.Floor(high / step + 1e-9);
        return last > first
            ? [.. Enumerable.Range(0, (int)(last - first + 1)).Select(index => (first + index) * step)]
            : Linear(low, high, 2 * wanted);
    }

    private static List<double> Log(double low, double high, int wanted)
    {
        var ticks = new[] { Fine, Middle, Coarse }
            .Select(mantissas => Log(low, high, mantissas))
            .FirstOrDefault(ticks => ticks.Count <= wanted + 1);
        if (ticks is null)
            return Thin(Log(low, high, Coarse), wanted);
        return ticks.Count >= 3 ? ticks : Linear(low, high, wanted);
    }

    private static List<double> Log(double low, double high, double[] mantissas)
    {
        var (first, last) = ((int)Math.Floor(Math.Log10(low)), (int)Math.Floor(Math.Log10(high)));
        return
        [
            .. Enumerable.Range(first, last - first + 1)
                .SelectMany(power => mantissas.Select(mantissa => mantissa * Math.Pow(10, power)))
                .Where(tick => tick >= low * 0.999999 && tick <= high * 1.000001),
        ];
    }

    private static List<double> Hours(double low, double high, int wanted)
    {
        var ticks = Thin([.. Durations.Where(hours => hours >= low && hours <= high)], wanted);
        return ticks.Count >= 2 ? ticks : Linear(low, high, wanted);
    }

    private static List<double> PowersOfTwo(double low, double high, int wanted)
    {
        var (first, last) = ((int)Math.Ceiling(Math.Log2(low) - 1e-9), (int)Math.Floor(Math.Log2(high) + 1e-9));
        return Thin([.. Enumerable.Range(first, Math.Max(0, last - first + 1)).Select(power => Math.Pow(2, power))], wanted);
    }

    private static List<double> Thin(List<double> ticks, int wanted)
    {
        var every = (ticks.Count + wanted - 1) / Math.Max(1, wanted);
        return every <= 1 ? ticks : [.. ticks.Where((_, index) => index % every == 0)];
    }
}
