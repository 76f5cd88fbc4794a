namespace SlmPlanner.Core.Numerics;

/// <summary>The maximum of two times that overlap, rounded off where they are close.</summary>
internal static class SmoothMaximum
{
    /// <summary>(a^p + b^p)^(1/p): the larger of the two as p grows, and never less than it.</summary>
    /// <param name="a">At least 0.</param>
    /// <param name="b">At least 0.</param>
    /// <param name="sharpness">p ≥ 1.</param>
    public static double Of(double a, double b, double sharpness)
    {
        var (small, large) = a < b ? (a, b) : (b, a);
        var ratio = large > 0 ? small / large : 0;
        return ratio < 1e-6 ? large : large * Math.Pow(1 + Math.Pow(ratio, sharpness), 1 / sharpness);
    }

    /// <summary>The same at sharpness 6, by roots.</summary>
    /// <param name="a">At least 0.</param>
    /// <param name="b">At least 0.</param>
    public static double OfSixthPowers(double a, double b)
    {
        var (small, large) = a < b ? (a, b) : (b, a);
        var ratio = large > 0 ? small / large : 0;
        var cube = ratio * ratio * ratio;
        return large * Math.Cbrt(Math.Sqrt(1 + cube * cube));
    }

    /// <summary>
    /// The same at sharpness 4, by square roots: for two bounds of one rate, where the exact shape of the knee hardly matters.
    /// </summary>
    /// <param name="a">Above 0.</param>
    /// <param name="b">At least 0; 0 bounds nothing.</param>
    public static double OfFourthPowers(double a, double b)
    {
        var ratio = b / a;
        var square = ratio * ratio;
        return b > 0 ? a * Math.Sqrt(Math.Sqrt(1 + square * square)) : a;
    }

    /// <summary>
    /// The same at sharpness 16, 4 % above the larger of two that are equal and the larger itself where they differ by a third: for two
    /// that exclude each other, where only a fit's search must not meet an edge.
    /// </summary>
    /// <param name="a">At least 0, and above it where the other is not.</param>
    /// <param name="b">The same.</param>
    public static double OfSixteenthPowers(double a, double b)
    {
        var (small, large) = a < b ? (a, b) : (b, a);
        return large * Rounding(small / large);
    }

    /// <summary>(a⁻¹⁶ + b⁻¹⁶)^(−1/16): the smaller of two, rounded off in the same way, so that their product is that of both.</summary>
    /// <param name="a">Above 0.</param>
    /// <param name="b">Above 0.</param>
    public static double LeastOfSixteenthPowers(double a, double b)
    {
        var (small, large) = a < b ? (a, b) : (b, a);
        return small / Rounding(small / large);
    }

    /// <summary>(1 + ratio¹⁶)^(1/16) by roots; linear to 13 digits where the power is small.</summary>
    private static double Rounding(double ratio)
    {
        const double FarApart = 1e-6, Sharpness = 16;
        var power = ratio * ratio;
        power *= power;
        power *= power;
        power *= power;
        return power < FarApart ? 1 + power / Sharpness : Math.Sqrt(Math.Sqrt(Math.Sqrt(Math.Sqrt(1 + power))));
    }
}
