namespace SlmPlanner.Planner.Catalogs;

/// <summary>A price catalog format that can be imported.</summary>
internal enum CatalogFormat
{
    /// <summary>SkyPilot's <c>vms.csv</c>, one folder per cloud.</summary>
    Skypilot,

    /// <summary>gpuhunt's <c>PROVIDER.csv</c>, also inside its <c>catalog.zip</c>.</summary>
    Gpuhunt,

    /// <summary>Our own (<see cref="Core.Cost.OfferCsv"/>).</summary>
    Csv,
}
