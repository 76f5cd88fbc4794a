using System.Text.Json.Serialization;
using MathNet.Numerics.Statistics;

namespace SlmPlanner.Data.Measurements.Runs;

/// <summary>One measured point.</summary>
/// <param name="Kind">The operation.</param>
/// <param name="Bytes">Whole-message bytes.</param>
/// <param name="Ranks">N.</param>
/// <param name="Iterations">Operations per sample.</param>
/// <param name="Samples">Seconds per operation, mean over ranks, one per round.</param>
public sealed record CollectiveTiming(CollectiveKind Kind, long Bytes, int Ranks, int Iterations, IReadOnlyList<double> Samples)
{
    /// <summary>Median seconds per operation.</summary>
    [JsonIgnore]
    public double Seconds => Samples.Median();

    /// <summary>
    /// The samples without the fastest and the slowest quarter: other work on the machine disturbs a few of them by several times.
    /// </summary>
    [JsonIgnore]
    public IReadOnlyList<double> Middle => [.. Samples.Order().Skip(Samples.Count / 4).Take(Samples.Count - 2 * (Samples.Count / 4))];

    /// <summary>The best sample: the least disturbed by other work on the machine.</summary>
    [JsonIgnore]
    public double BestSeconds => Samples.Min();

    /// <summary>The worst sample.</summary>
    [JsonIgnore]
    public double WorstSeconds => Samples.Max();

    /// <summary>Whole-message bytes per second (nccl-tests' algbw).</summary>
    [JsonIgnore]
    public double AlgorithmBytesPerSecond => Bytes / Seconds;

    /// <summary>Bytes per second that a link must carry, comparable across operations and ranks (nccl-tests' busbw).</summary>
    [JsonIgnore]
    public double BusBytesPerSecond => AlgorithmBytesPerSecond * Kind.BusFactor(Ranks);
}

/// <summary>The collectives of a machine as a run measured them: raw samples, kept with the bursts.</summary>
/// <param name="Library">Name and version of the library.</param>
/// <param name="Ranks">Ranks, ≥ 2.</param>
/// <param name="RanksPerHost">Ranks that share a host.</param>
/// <param name="Timings">Every operation and size.</param>
public sealed record CollectiveMeasurement(string Library, int Ranks, int RanksPerHost, IReadOnlyList<CollectiveTiming> Timings);
