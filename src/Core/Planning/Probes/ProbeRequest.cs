namespace SlmPlanner.Core.Planning.Probes;

/// <summary>How probes are taken and what they may cost.</summary>
/// <param name="BudgetUsd">Most to spend on probes, USD; infinite for no limit.</param>
/// <param name="Minutes">Minutes of measuring on each machine, &gt; 0.</param>
/// <param name="Stack">The software that measures; null for the user's own, which the plan is for.</param>
/// <param name="LogError">
/// Standard deviation of the logarithm of predicted over true step time after such a measurement, of the device that was measured.
/// </param>
public sealed record ProbeRequest(double BudgetUsd, double Minutes, string? Stack, double LogError);
