using SlmPlanner.Core.Economics.Cost;
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
