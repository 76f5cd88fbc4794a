namespace SlmPlanner.Core.Risk;

/// <summary>How long a run takes and what it costs, as distributions over all draws, those that never finish included.</summary>
/// <param name="Hours">Wall-clock hours from the order to the last step; infinite where a run never finishes.</param>
/// <param name="CostUsd">The bill in USD; infinite where a run never finishes.</param>
/// <param name="Stops">Failures and interruptions.</param>
public sealed record RiskEstimate(Distribution Hours, Distribution CostUsd, Distribution Stops)
{
    /// <summary>Share of the draws that never finish, 0..1.</summary>
    public double NeverFinishing => Hours.InfiniteShare;
}

/// <summary>One way a run may go.</summary>
/// <param name="WallSeconds">From the order of machines to the last step.</param>
/// <param name="BilledSeconds">Time on the bill, before rounding to the provider's units.</param>
/// <param name="CostUsd">The bill.</param>
/// <param name="Stops">Failures and interruptions.</param>
public readonly record struct SimulatedRun(double WallSeconds, double BilledSeconds, double CostUsd, long Stops)
{
    /// <summary>A run that never finishes: it is billed without end, whatever storage or egress cost.</summary>
    public static SimulatedRun Never(long stops) => new(double.PositiveInfinity, double.PositiveInfinity, double.PositiveInfinity, stops);
}
