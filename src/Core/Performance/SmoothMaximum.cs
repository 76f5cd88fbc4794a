namespace SlmPlanner.Core.Performance;

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
}
