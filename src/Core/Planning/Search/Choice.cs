namespace SlmPlanner.Core.Planning.Search;

/// <summary>One candidate picked out of a search: a setup on an offer.</summary>
/// <param name="Platform">The hardware.</param>
/// <param name="Tally">The offer and node count.</param>
/// <param name="Priced">The setup with its time and money.</param>
/// <param name="Feasible">True when it keeps both limits.</param>
public sealed record Choice(Platform Platform, OfferTally Tally, Priced Priced, bool Feasible)
{
    /// <summary>Canonical device name.</summary>
    public string Gpu => Platform.Device.Name;

    /// <summary>All devices.</summary>
    public int Gpus => Tally.Gpus;

    /// <summary>The provider.</summary>
    public string Provider => Tally.Offer.Offer.Provider;
}
