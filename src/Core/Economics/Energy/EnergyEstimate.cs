namespace SlmPlanner.Core.Economics.Energy;

/// <summary>Energy and carbon of a run: an estimate from board power, not a measurement.</summary>
/// <param name="Kwh">Energy from the grid, data centre overhead included.</param>
/// <param name="MeanWatts">Mean power of one device.</param>
/// <param name="KgCo2">Kilograms of CO2 equivalent; null where the region's grid is not known.</param>
/// <param name="Basis">The numbers behind it in words, for people.</param>
public sealed record EnergyEstimate(double Kwh, double MeanWatts, double? KgCo2, string Basis);
