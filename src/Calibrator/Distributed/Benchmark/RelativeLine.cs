using MathNet.Numerics.Distributions;
using MathNet.Numerics.LinearAlgebra;

namespace SlmPlanner.Calibrator.Distributed.Benchmark;

/// <summary>seconds = latency + perByte · bytes, fitted to errors relative to what is typical at each size.</summary>
/// <param name="Latency">Seconds.</param>
/// <param name="LatencyMargin">Half its 90 % interval.</param>
/// <param name="PerByte">Seconds per byte.</param>
/// <param name="PerByteMargin">Half its 90 % interval.</param>
/// <param name="RelativeError">Root mean square of predicted minus measured, over the typical time.</param>
internal sealed record RelativeLine(double Latency, double LatencyMargin, double PerByte, double PerByteMargin, double RelativeError)
{
    private const double UpperTail = 0.95;

    /// <summary>
    /// Ordinary least squares on rows divided by the typical time of their size, never by their own: a sample that happened to be
    /// quick would outweigh all others. A term left out is zero.
    /// </summary>
    /// <param name="rows">Bytes, seconds and typical seconds &gt; 0, at least two.</param>
    /// <param name="latency">Whether the constant is fitted.</param>
    /// <param name="bandwidth">Whether the slope is fitted.</param>
    public static RelativeLine Solve(IReadOnlyList<(double Bytes, double Seconds, double Typical)> rows, bool latency, bool bandwidth)
    {
        var scale = rows.Max(row => row.Bytes);
        var design = Matrix<double>.Build.DenseOfRows(
            rows.Select(row => Terms(latency, bandwidth, row.Bytes / scale).Select(term => term / row.Typical)));
        var target = Vector<double>.Build.DenseOfEnumerable(rows.Select(row => row.Seconds / row.Typical));
        var qr = design.QR();
        var solution = qr.Solve(target);
        var residuals = (design * solution) - target;
        var freedom = Math.Max(1, rows.Count - solution.Count);
        var inverse = qr.R.Inverse();
        var errors = (inverse * inverse.Transpose()).Diagonal()
            .Map(variance => Math.Sqrt(variance * residuals.DotProduct(residuals) / freedom));
        var margins = errors * StudentT.InvCDF(0, 1, freedom, UpperTail);
        var last = solution.Count - 1;
        return new(
            latency ? solution[0] : 0, latency ? margins[0] : 0,
            bandwidth ? solution[last] / scale : 0, bandwidth ? margins[last] / scale : 0,
            residuals.L2Norm() / Math.Sqrt(rows.Count));
    }

    private static IEnumerable<double> Terms(bool latency, bool bandwidth, double bytes)
    {
        if (latency)
            yield return 1;
        if (bandwidth)
            yield return bytes;
    }
}
