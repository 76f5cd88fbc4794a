using SlmPlanner.Core.Hardware;

namespace SlmPlanner.Core.Time;

/// <summary>
/// How much slower a fused attention kernel is at a sequence length and head width than at its best, by micro-benchmark.
/// Kernels split queries into tiles whose size depends on the length, so their rate is neither constant nor smooth in it.
/// Between samples the logarithm is linear in the logarithms of length and width; beyond them it is constant.
/// </summary>
public sealed class FusedAttentionCurve
{
    private readonly (double LogWidth, (double LogLength, double LogSlowdown)[] Points)[] _widths;

    private FusedAttentionCurve((double, (double, double)[])[] widths) => _widths = widths;

    /// <summary>The curve of one element size, or null where nothing was measured in it.</summary>
    public static FusedAttentionCurve? Of(IReadOnlyList<FusedAttentionSample>? samples, double elementBytes)
    {
        FusedAttentionSample[] own = [.. (samples ?? [])
            .Where(sample => sample.ElementBytes == elementBytes && sample.SecondsPerProduct > 0)];
        if (own.Length == 0)
            return null;
        var best = own.Min(sample => sample.SecondsPerProduct);
        return new([.. own.GroupBy(sample => sample.HeadDim).OrderBy(width => width.Key).Select(width => (
            Math.Log(width.Key),
            width.OrderBy(sample => sample.SeqLen).Select(sample => (Math.Log(sample.SeqLen), Math.Log(sample.SecondsPerProduct / best)))
            .ToArray()))]);
    }

    /// <summary>Seconds per product over those of the fastest sample: at least 1.</summary>
    public double Slowdown(double seqLen, double headDim)
    {
        double length = Math.Log(seqLen), width = Math.Log(headDim);
        var above = 0;
        while (above < _widths.Length - 1 && _widths[above].LogWidth < width)
            above++;
        var (upper, lower) = (_widths[above], _widths[Math.Max(0, above - 1)]);
        var high = At(upper.Points, length);
        return Math.Exp(upper.LogWidth <= lower.LogWidth ? high
            : Between(lower.LogWidth, At(lower.Points, length), upper.LogWidth, high, width));
    }

    private static double At((double LogLength, double LogSlowdown)[] points, double length)
    {
        var above = 0;
        while (above < points.Length - 1 && points[above].LogLength < length)
            above++;
        if (above == 0)
            return points[0].LogSlowdown;
        return Between(points[above - 1].LogLength, points[above - 1].LogSlowdown, points[above].LogLength, points[above].LogSlowdown,
            length);
    }

    private static double Between(double left, double leftValue, double right, double rightValue, double at) =>
        leftValue + (rightValue - leftValue) * Math.Clamp((at - left) / (right - left), 0, 1);
}
