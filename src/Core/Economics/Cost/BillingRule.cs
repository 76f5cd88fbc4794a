namespace SlmPlanner.Core.Economics.Cost;

/// <summary>How a provider counts rented time. Default: to the exact second, no minimum.</summary>
/// <param name="UnitSeconds">Time is rounded up to whole units of this many seconds; 0 for no rounding.</param>
/// <param name="MinimumSeconds">Least time billed per rental.</param>
public readonly record struct BillingRule(double UnitSeconds, double MinimumSeconds)
{
    /// <summary>Hours of a mean month of the Gregorian calendar: 365.2425 days / 12.</summary>
    public const double HoursPerMonth = 730.485;

    /// <summary>The rule of machines rented for a term: whole terms are paid. The rule itself without one.</summary>
    /// <param name="months">Length of the term; null for none.</param>
    public BillingRule WithTerm(double? months) =>
        months is { } term ? new(term * HoursPerMonth * 3600, term * HoursPerMonth * 3600) : this;

    /// <summary>The same rule for machines that are rented for some hours at least.</summary>
    public BillingRule AtLeast(double hours) => hours * 3600 > MinimumSeconds ? this with { MinimumSeconds = hours * 3600 } : this;

    /// <summary>The time billed for a rental of <paramref name="seconds"/>, ≥ <paramref name="seconds"/>.</summary>
    public double Billed(double seconds)
    {
        var rented = Math.Max(seconds, MinimumSeconds);
        return UnitSeconds > 0 ? Math.Ceiling(rented / UnitSeconds) * UnitSeconds : rented;
    }
}
