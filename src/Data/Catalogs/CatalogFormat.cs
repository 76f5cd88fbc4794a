namespace SlmPlanner.Data.Catalogs;

/// <summary>A price catalog format that can be imported.</summary>
public enum CatalogFormat
{
    /// <summary>SkyPilot's <c>vms.csv</c>, one folder per cloud.</summary>
    Skypilot,

    /// <summary>gpuhunt's <c>PROVIDER.csv</c>, also inside its <c>catalog.zip</c>.</summary>
    Gpuhunt,

    /// <summary>Our own (<c>OfferCsv</c>).</summary>
    Csv,
}
