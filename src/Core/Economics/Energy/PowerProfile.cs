using SlmPlanner.Core.Units;

namespace SlmPlanner.Core.Economics.Energy;

/// <summary>Power and carbon constants of <c>profiles/carbon.json</c>.</summary>
public sealed record PowerProfile
{
    /// <summary>Version of the file format.</summary>
    public required int SchemaVersion { get; init; }

    /// <summary>Power of a waiting device over its board power, 0..1.</summary>
    public required SourcedNumber IdleShare { get; init; }

    /// <summary>Model FLOPs utilisation at which a device draws its whole board power.</summary>
    public required SourcedNumber FullPowerMfu { get; init; }

    /// <summary>Power of a whole machine over that of its devices.</summary>
    public required SourcedNumber HostFactor { get; init; }

    /// <summary>Power usage effectiveness of the data centre.</summary>
    public required SourcedNumber Pue { get; init; }

    /// <summary>Carbon intensity by grid.</summary>
    public required IReadOnlyList<GridIntensity> Grids { get; init; }

    /// <summary>The grid of each known region.</summary>
    public required IReadOnlyList<RegionGrid> Regions { get; init; }
}

/// <summary>Yearly mean carbon intensity of a grid.</summary>
/// <param name="Grid">Country, or country and province, lower case.</param>
/// <param name="GramsPerKwh">Grams of CO2 equivalent per kWh.</param>
/// <param name="Year">The year it is of.</param>
/// <param name="Kind"><c>documented</c> or <c>recalled</c>.</param>
/// <param name="Source">Where it is from.</param>
public sealed record GridIntensity(string Grid, double GramsPerKwh, int Year, string Kind, string Source);

/// <summary>The grid that a provider's region draws from.</summary>
/// <param name="Provider">Provider as in offers.</param>
/// <param name="Region">Region as in offers.</param>
/// <param name="Grid">Grid, as in <see cref="GridIntensity.Grid"/>.</param>
public sealed record RegionGrid(string Provider, string Region, string Grid);
