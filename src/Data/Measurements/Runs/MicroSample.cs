using SlmPlanner.Data.Measurements.Bursts;

namespace SlmPlanner.Data.Measurements.Runs;

/// <summary>One micro-benchmark with its raw times.</summary>
/// <param name="Kind">What ran.</param>
/// <param name="Precision">In which number format.</param>
/// <param name="Extents">Its size; see <see cref="MicroKind"/>.</param>
/// <param name="Flops">Operations of one run, causal halving counted; 0 where time is not spent on them.</param>
/// <param name="Bytes">Bytes that one run must move at least; 0 where that is not the point.</param>
/// <param name="Seconds">Each run, in order.</param>
public sealed record MicroSample(
    MicroKind Kind, BurstPrecision Precision, IReadOnlyList<long> Extents, double Flops, double Bytes, IReadOnlyList<double> Seconds)
{
    /// <summary>The fastest run: what the machine can do when nothing disturbs it.</summary>
    public double Best => Seconds.Min();
}
