using SlmPlanner.Data.Measurements.Runs;

namespace SlmPlanner.Calibrator.Distributed.Benchmark;

/// <summary>t = latency + f·bytes / bandwidth for one operation in one size class, f the bus factor (Hockney 1994).</summary>
/// <param name="Kind">The operation.</param>
/// <param name="Class">The size class.</param>
/// <param name="LatencySeconds">Time at size zero; may not differ from zero in the class of large messages.</param>
/// <param name="BytesPerSecond">Bus bandwidth.</param>
/// <param name="RelativeError">Root mean square of predicted over measured, minus one, in sample.</param>
/// <param name="Samples">Samples fitted.</param>
internal sealed record LatencyBandwidthFit(
    CollectiveKind Kind, SizeClass Class, Estimate LatencySeconds, Estimate BytesPerSecond, double RelativeError, int Samples)
{
    /// <summary>Fits every operation and class that has at least two sizes.</summary>
    public static IReadOnlyList<LatencyBandwidthFit> FitAll(IReadOnlyList<CollectiveTiming> timings) =>
    [
        .. from kind in timings.GroupBy(timing => timing.Kind)
           from range in SizeClass.All
           let points = kind.Where(timing => range.Holds(timing.Bytes) && timing.Kind.BusFactor(timing.Ranks) > 0).ToList()
           where points.Select(point => point.Bytes).Distinct().Count() >= 2
           select Fit(kind.Key, range, points),
    ];

    /// <summary>
    /// Non-negative least squares of relative errors, which is linear in latency and 1/bandwidth: both terms, or the better single one when
    /// a term comes out negative. Intervals are Student's t on the residual variance; a bandwidth whose time can't be told from zero is
    /// infinite.
    /// </summary>
    private static LatencyBandwidthFit Fit(CollectiveKind kind, SizeClass range, List<CollectiveTiming> points)
    {
        var rows = (from point in points from seconds in point.Middle select (Bus: point.Bytes * kind.BusFactor(point.Ranks), seconds,
            point.Seconds)).ToList();
        var both = RelativeLine.Solve(rows, latency: true, bandwidth: true);
        var line = both.Latency >= 0 && both.PerByte >= 0
            ? both
            : new[] { RelativeLine.Solve(rows, true, false), RelativeLine.Solve(rows, false, true) }.MinBy(single => single.RelativeError)!;
        return new(
            kind, range, new(line.Latency, Math.Max(0, line.Latency - line.LatencyMargin), line.Latency + line.LatencyMargin),
            new(1 / line.PerByte, 1 / (line.PerByte + line.PerByteMargin), 1 / Math.Max(0, line.PerByte - line.PerByteMargin)),
            line.RelativeError, rows.Count);
    }
}

/// <summary>A fitted value and its 90 % interval.</summary>
/// <param name="Value">The estimate.</param>
/// <param name="Low">Its lower end.</param>
/// <param name="High">Its upper end.</param>
internal sealed record Estimate(double Value, double Low, double High);
