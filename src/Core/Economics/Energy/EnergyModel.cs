namespace SlmPlanner.Core.Economics.Energy;

/// <summary>
/// Energy of a run: devices × board power × (idle + (1 − idle) · min(1, MFU / full-power MFU)) × host factor × PUE ×
/// hours; carbon is that times the grid's yearly mean. An estimate within a factor of about 1.5, for orders of magnitude
/// and for comparing regions.
/// </summary>
public sealed class EnergyModel(PowerProfile profile)
{
    /// <summary>Energy and carbon of a run.</summary>
    /// <param name="gpus">Devices, ≥ 1.</param>
    /// <param name="tdpWatts">Board power of one.</param>
    /// <param name="mfu">Model FLOPs utilisation, 0..1.</param>
    /// <param name="hours">Hours on the bill.</param>
    /// <param name="provider">Provider, for the grid.</param>
    /// <param name="region">Region, for the grid.</param>
    public EnergyEstimate Estimate(int gpus, double tdpWatts, double mfu, double hours, string provider, string region)
    {
        var idle = profile.IdleShare.Value;
        var watts = tdpWatts * (idle + (1 - idle) * Math.Min(1, mfu / profile.FullPowerMfu.Value));
        var kwh = gpus * watts * profile.HostFactor.Value * profile.Pue.Value * hours / 1000;
        var grid = GridOf(provider, region);
        return new(kwh, watts, kwh * grid?.GramsPerKwh / 1000,
            new PowerBasis(watts, tdpWatts, profile.HostFactor.Value, profile.Pue.Value, grid));
    }

    private GridIntensity? GridOf(string provider, string region)
    {
        var known = profile.Regions.FirstOrDefault(entry => entry.Provider == provider && entry.Region == region);
        return known is null ? null : profile.Grids.First(grid => grid.Grid == known.Grid);
    }
}

/// <summary>Energy and carbon of a run: an estimate from board power, not a measurement.</summary>
/// <param name="Kwh">Energy from the grid, data centre overhead included.</param>
/// <param name="MeanWatts">Mean power of one device.</param>
/// <param name="KgCo2">Kilograms of CO2 equivalent; null where the region's grid is not known.</param>
/// <param name="Basis">The numbers behind it.</param>
public sealed record EnergyEstimate(double Kwh, double MeanWatts, double? KgCo2, EnergyBasis Basis);

/// <summary>What an estimate of energy rests on.</summary>
public abstract record EnergyBasis;

/// <summary>Power of a device and what comes on top of it.</summary>
/// <param name="Watts">Mean power of one device.</param>
/// <param name="TdpWatts">Its board power.</param>
/// <param name="HostFactor">Power of a machine over that of its devices.</param>
/// <param name="Pue">Power of the data centre over that of its machines.</param>
/// <param name="Grid">The region's grid; null when it is not known.</param>
public sealed record PowerBasis(double Watts, double TdpWatts, double HostFactor, double Pue, GridIntensity? Grid) : EnergyBasis;
