namespace SlmPlanner.Core.Economics.Energy;

/// <summary>The grid that a provider's region draws from.</summary>
/// <param name="Provider">Provider as in offers.</param>
/// <param name="Region">Region as in offers.</param>
/// <param name="Grid">Grid, as in <see cref="GridIntensity.Grid"/>.</param>
public sealed record RegionGrid(string Provider, string Region, string Grid);
