namespace SlmPlanner.Calibrator.Distributed.Benchmark;

/// <summary>The collectives of a machine as a run measured them: raw samples, kept with the bursts.</summary>
/// <param name="Library">Name and version of the library.</param>
/// <param name="Ranks">Ranks, ≥ 2.</param>
/// <param name="RanksPerHost">Ranks that share a host.</param>
/// <param name="Timings">Every operation and size.</param>
internal sealed record CollectiveMeasurement(string Library, int Ranks, int RanksPerHost, IReadOnlyList<CollectiveTiming> Timings)
{
    /// <summary>The measurement in a report that <c>collectives --format json</c> printed.</summary>
    public static CollectiveMeasurement Of(CollectiveReport report) => new(
        report.Library, report.Ranks, report.RanksPerHost,
        [.. report.Points.Select(point => new CollectiveTiming(point.Kind, point.SizeBytes, report.Ranks, point.Iterations, point.SamplesS))]);
}
