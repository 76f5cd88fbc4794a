namespace SlmPlanner.Core.Economics.Energy;

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
