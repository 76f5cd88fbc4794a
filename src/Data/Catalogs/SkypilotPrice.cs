namespace SlmPlanner.Data.Catalogs;

/// <summary>What SkyPilot's price columns mean.</summary>
internal static class SkypilotPrice
{
    /// <summary>
    /// On-demand and spot price. A blank price is one that is not sold; a spot price of zero is unknown; one that equals
    /// the on-demand price is no spot market.
    /// </summary>
    public static (double? OnDemand, double? Spot) Read(double? price, double? spot) =>
        (price, spot is 0 || spot == price ? null : spot);
}
