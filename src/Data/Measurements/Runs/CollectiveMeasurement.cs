namespace SlmPlanner.Data.Measurements.Runs;

/// <summary>The collectives of a machine as a run measured them: raw samples, kept with the bursts.</summary>
/// <param name="Library">Name and version of the library.</param>
/// <param name="Ranks">Ranks, ≥ 2.</param>
/// <param name="RanksPerHost">Ranks that share a host.</param>
/// <param name="Timings">Every operation and size.</param>
public sealed record CollectiveMeasurement(string Library, int Ranks, int RanksPerHost, IReadOnlyList<CollectiveTiming> Timings);
