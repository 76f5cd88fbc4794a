namespace SlmPlanner.Core.Memory;

/// <summary>What a setup's memory must keep.</summary>
/// <param name="Bytes">Memory of a device that a run may use.</param>
/// <param name="Confidence">Probability with which it must, 0 to 1.</param>
/// <param name="Deviations">One-sided standard normal quantile of that probability.</param>
public readonly record struct MemoryLimit(double Bytes, double Confidence, double Deviations);
