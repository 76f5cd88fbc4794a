namespace SlmPlanner.Core.Economics.Risk;

/// <summary>How long a run takes and what it costs, as distributions.</summary>
/// <param name="Hours">Wall-clock hours from the order to the last step.</param>
/// <param name="CostUsd">The bill in USD.</param>
/// <param name="Stops">Failures and interruptions.</param>
public sealed record RiskEstimate(Distribution Hours, Distribution CostUsd, Distribution Stops);
