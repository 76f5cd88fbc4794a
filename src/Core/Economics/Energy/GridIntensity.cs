namespace SlmPlanner.Core.Economics.Energy;

/// <summary>Yearly mean carbon intensity of a grid.</summary>
/// <param name="Grid">Country, or country and province, lower case.</param>
/// <param name="GramsPerKwh">Grams of CO2 equivalent per kWh.</param>
/// <param name="Year">The year it is of.</param>
/// <param name="Kind"><c>documented</c> or <c>recalled</c>.</param>
/// <param name="Source">Where it is from.</param>
public sealed record GridIntensity(string Grid, double GramsPerKwh, int Year, string Kind, string Source);
