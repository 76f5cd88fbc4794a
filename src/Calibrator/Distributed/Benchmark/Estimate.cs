namespace SlmPlanner.Calibrator.Distributed.Benchmark;

/// <summary>A fitted value and its 90 % interval.</summary>
/// <param name="Value">The estimate.</param>
/// <param name="Low">Its lower end.</param>
/// <param name="High">Its upper end.</param>
internal sealed record Estimate(double Value, double Low, double High);
