using SlmPlanner.Core.Economics.Cost;

namespace SlmPlanner.Core.Economics.Renting;

/// <summary>What a user accepts and has been granted, beside what is known of providers: says what it takes to rent machines.</summary>
/// <param name="known">How machines are had.</param>
/// <param name="accepted">The ways that the user accepts.</param>
/// <param name="quotas">What the user was granted.</param>
public sealed class RentalTerms(AvailabilityProfile known, IReadOnlyCollection<WayToRent> accepted, IReadOnlyList<RentalQuota> quotas)
{
    /// <summary>
    /// What is accepted where nothing is said, spot aside: what is paid by the hour. A booking is paid whole, for days or months, and is
    /// taken where it is asked for.
    /// </summary>
    public static IReadOnlyList<WayToRent> Usual { get; } = [WayToRent.OnDemand];

    /// <summary>Everything can be had.</summary>
    public static RentalTerms Open { get; } = new(AvailabilityProfile.None, [], []);

    /// <summary>
    /// What it takes to rent so many machines of an offer; null where nothing is known, and of own machines and terms brought along.
    /// </summary>
    /// <param name="offer">The offer.</param>
    /// <param name="spot">At its interruptible price.</param>
    /// <param name="nodes">Machines, ≥ 1.</param>
    public Access? To(Offer offer, bool spot, int nodes)
    {
        if (offer.Owned || offer.TermMonths is not null || known.RuleFor(offer, spot) is not { } rule)
            return null;
        var gpus = nodes * offer.GpusPerNode;
        var stated = quotas.OrderByDescending(quota => quota.Narrowness).Select(quota => quota.GpusOf(offer))
            .FirstOrDefault(limit => limit is not null);
        var way = Way(rule, spot, gpus, stated);
        var sold = !(gpus < rule.LeastGpus) && !(nodes > rule.MostMachines);
        return new()
        {
            Way = way,
            Rentable = accepted.Contains(way) && sold && !(gpus > stated),
            SoldTogether = sold,
            NeedsQuotaRequest = stated is null && gpus > rule.SelfServeGpus && way == rule.Way,
            QuotaStated = stated is not null,
            Quota = stated is null && gpus > rule.SelfServeGpus ? rule.Quota : null,
            MostGpus = stated ?? rule.AfterRequestGpus ?? rule.SelfServeGpus,
            LeastHours = rule.LeastHours,
            Note = rule.Note,
            Source = rule.Source,
            Date = rule.Date,
            Confidence = rule.Confidence,
        };
    }

    /// <summary>Shortest rental of an offer, hours.</summary>
    internal double LeastHours(Offer offer, bool spot) => To(offer, spot, 1)?.LeastHours ?? 0;

    /// <summary>
    /// The way of the price; beyond what it gives, a contract. What a user was granted is had at the price as it is named.
    /// </summary>
    private static WayToRent Way(RentalRule rule, bool spot, int gpus, int? stated) =>
        stated is not null && rule.Way == WayToRent.Contract ? (spot ? WayToRent.Spot : WayToRent.OnDemand)
        : stated is null && gpus > (rule.AfterRequestGpus ?? rule.SelfServeGpus ?? int.MaxValue) ? WayToRent.Contract
        : rule.Way;
}
