namespace SlmPlanner.Core.Economics.Prices;

/// <summary>A price as it was seen on one day.</summary>
/// <param name="Key">What it is the price of.</param>
/// <param name="Day">The day; of a price whose date is an interval, the earliest it may be from.</param>
/// <param name="UsdPerHour">USD per hour for all devices of the key together; null when it was found to be sold no more.</param>
/// <param name="Source">Where it was read.</param>
public sealed record PricePoint(PriceKey Key, DateOnly Day, double? UsdPerHour, string Source)
{
    /// <summary>The last day it was seen unchanged; the same day unless a later look is known.</summary>
    public DateOnly LastDay { get; init; } = Day;
}

/// <summary>What a price is of: prices are compared only where all of these agree.</summary>
/// <param name="Provider">Provider, lower case.</param>
/// <param name="Gpu">Canonical device name.</param>
/// <param name="Gpus">Devices that the price is for, ≥ 1.</param>
/// <param name="Region">Region; <c>any</c> where none is stated.</param>
/// <param name="Kind"><see cref="OnDemand"/>, <see cref="Spot"/>, or <c>reserved</c> with its term.</param>
/// <param name="Basis">What thing is priced: <see cref="Machine"/>, or another of <c>docs/profiles.md</c>.</param>
/// <param name="InstanceType">The machine, where the source says it; else empty.</param>
public sealed record PriceKey(string Provider, string Gpu, int Gpus, string Region, string Kind, string Basis, string InstanceType)
{
    /// <summary>Sold by the hour.</summary>
    public const string OnDemand = "on-demand";

    /// <summary>Interruptible.</summary>
    public const string Spot = "spot";

    /// <summary>A whole machine.</summary>
    public const string Machine = "machine";

    /// <summary>True of a statistic over several offers, not a price at which one could rent.</summary>
    public bool IsStatistic => Basis.Contains("median", StringComparison.Ordinal) || Basis.EndsWith("-min", StringComparison.Ordinal);
}
