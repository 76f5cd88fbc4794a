namespace SlmPlanner.Core.Economics.Cost;

/// <summary>
/// What an hour of a device that one has costs: price / (years · hours of a year · share of them in use)
/// + watts · machine factor · price of power. Space, staff and interest are left out.
/// </summary>
public sealed record OwnCost
{
    private const double HoursPerYear = 12 * BillingRule.HoursPerMonth;

    /// <summary>Price of one device with its share of the machine, USD.</summary>
    public required double PriceUsd { get; init; }

    /// <summary>Board power of one device under load.</summary>
    public required double Watts { get; init; }

    /// <summary>Years over which the price is written off.</summary>
    public double Years { get; init; } = 3;

    /// <summary>Share of all hours that the device works, above 0 up to 1: idle hours are paid by the others.</summary>
    public double UseShare { get; init; } = 0.5;

    /// <summary>Price of power, USD per kWh.</summary>
    public double UsdPerKwh { get; init; } = 0.25;

    /// <summary>Power of the machine and its cooling over that of its devices: host 1.5 × cooling 1.3, as for energy.</summary>
    public double MachineFactor { get; init; } = 1.95;

    /// <summary>USD per device and hour.</summary>
    public double UsdPerGpuHour => PriceUsd / (Years * HoursPerYear * UseShare) + Watts * MachineFactor * UsdPerKwh / 1000;
}
