namespace SlmPlanner.Core.Cost;

/// <summary>How a provider counts rented time. Default: to the exact second, no minimum.</summary>
/// <param name="UnitSeconds">Time is rounded up to whole units of this many seconds; 0 for no rounding.</param>
/// <param name="MinimumSeconds">Least time billed per rental.</param>
public readonly record struct BillingRule(double UnitSeconds, double MinimumSeconds)
{
    /// <summary>The time billed for a rental of <paramref name="seconds"/>, ≥ <paramref name="seconds"/>.</summary>
    public double Billed(double seconds)
    {
        var rented = Math.Max(seconds, MinimumSeconds);
        return UnitSeconds > 0 ? Math.Ceiling(rented / UnitSeconds) * UnitSeconds : rented;
    }
}
