using SlmPlanner.Core.Findings;

namespace SlmPlanner.Core.Planning.Probes;

/// <summary>No probe is worth what it costs.</summary>
/// <param name="RegretUsd">What the choice made now is expected to cost beyond the best, USD.</param>
/// <param name="CheapestUsd">The cheapest probe, USD; null where none can be taken.</param>
public sealed record ProbingDoesNotPay(double RegretUsd, double? CheapestUsd) : Finding(Severity.Hint, "probing-does-not-pay");

/// <summary>Probes are worth more than they cost.</summary>
/// <param name="Probes">How many to take.</param>
/// <param name="CostUsd">What they cost, USD.</param>
/// <param name="SavingUsd">What they are expected to save, USD.</param>
/// <param name="SavingHours">What they are expected to save, hours.</param>
public sealed record ProbingPays(int Probes, double CostUsd, double SavingUsd, double SavingHours) : Finding(Severity.Hint, "probing-pays");

/// <summary>How exact a probe is was measured on other kinds of devices only.</summary>
/// <param name="LogError">The error taken: standard deviation of the logarithm of a step time.</param>
public sealed record ProbeErrorUnproven(double LogError) : Finding(Severity.Warning, "probe-error-unproven");
