using SlmPlanner.Core.Planning.Search;

namespace SlmPlanner.Core.Planning.Results;

/// <summary>Machines to rent or to use, and on which terms.</summary>
/// <param name="Nodes">Machines.</param>
/// <param name="Provider">Who has them.</param>
/// <param name="InstanceType">The provider's name of the machine.</param>
/// <param name="Region">Where.</param>
/// <param name="Gpus">Devices in all.</param>
/// <param name="Gpu">The device.</param>
/// <param name="Spot">True for interruptible machines.</param>
/// <param name="TermMonths">Months of the commitment; null without one.</param>
public sealed record Machines(
    int Nodes, string Provider, string InstanceType, string Region, int Gpus, string Gpu, bool Spot, double? TermMonths)
{
    /// <summary>Those of an offer.</summary>
    public static Machines Of(OfferResult result)
    {
        var offer = result.PricedOffer.Offer;
        return new(result.Nodes, offer.Provider, offer.InstanceType, offer.Region, result.Gpus, offer.Gpu, result.PricedOffer.Spot,
            offer.TermMonths);
    }

    /// <summary>Those of a candidate.</summary>
    public static Machines Of(Candidate candidate) => new(
        candidate.Nodes, candidate.Provider, candidate.InstanceType, candidate.Region, candidate.Gpus, candidate.Gpu, candidate.Spot,
        candidate.TermMonths);
}
