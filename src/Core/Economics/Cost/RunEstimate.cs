namespace SlmPlanner.Core.Economics.Cost;

/// <summary>Length and cost of a run.</summary>
/// <param name="WallSeconds">From the order of machines to the last step, waits included.</param>
/// <param name="BilledSeconds">Time on the bill, before rounding to the provider's units.</param>
/// <param name="CostUsd">The bill.</param>
/// <param name="CheckpointIntervalSeconds">Training time between checkpoints.</param>
/// <param name="Checkpoints">Checkpoints written, the last one included.</param>
/// <param name="Stops">Failures and interruptions.</param>
/// <param name="WorkSeconds">Time in steps and evaluation that counts: the rest of the wall time is overhead.</param>
public readonly record struct RunEstimate(
    double WallSeconds,
    double BilledSeconds,
    double CostUsd,
    double CheckpointIntervalSeconds,
    double Checkpoints,
    double Stops,
    double WorkSeconds)
{
    /// <summary>Wall-clock hours.</summary>
    public double Hours => WallSeconds / 3600;

    /// <summary>Share of the wall time that is not work that counts, 0..1.</summary>
    public double OverheadShare => 1 - WorkSeconds / WallSeconds;
}
