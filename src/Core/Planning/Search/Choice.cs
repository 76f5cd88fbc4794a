using SlmPlanner.Core.Economics.Cost;

namespace SlmPlanner.Core.Planning.Search;

/// <summary>One candidate picked out of a search: a setup on an offer.</summary>
/// <param name="Platform">The hardware.</param>
/// <param name="Result">The offer and node count.</param>
/// <param name="Priced">The setup with its time and money.</param>
/// <param name="Feasible">True when it keeps both limits.</param>
public sealed record Choice(Platform Platform, OfferResult Result, Priced Priced, bool Feasible)
{
    /// <summary>Canonical device name.</summary>
    public string Gpu => Platform.Device.Name;

    /// <summary>All devices.</summary>
    public int Gpus => Result.Gpus;

    /// <summary>What is rented or owned.</summary>
    public Offer Offer => Result.Offer;

    /// <summary>The provider.</summary>
    public string Provider => Offer.Provider;
}
