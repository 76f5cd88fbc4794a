using SlmPlanner.Core.Economics.Cost;

namespace SlmPlanner.Data.Offers;

/// <summary>
/// Rows of one offer that were seen at different times, put together: the newest row counts. Where it states no on-demand
/// price the older one is withdrawn. Where it states no spot price the newest row that does counts for that, with its own date:
/// catalogs often read one kind alone. What the machine holds beside its devices is taken from the newest row that says it.
/// </summary>
internal static class NewestPrices
{
    /// <summary>One offer for each machine type, region and term, in the order in which each first stands.</summary>
    /// <param name="rows">Rows in the order of their files: of two that may be equally old the later one counts.</param>
    public static IEnumerable<Offer> Of(IEnumerable<Offer> rows) => rows.GroupBy(Key).Select(Newest);

    private static (string Provider, string Instance, string Region, string Gpu, int Count, double? Term) Key(Offer offer) =>
        (offer.Provider, offer.InstanceType, offer.Region, offer.Gpu, offer.GpusPerNode, offer.TermMonths);

    /// <summary>A newer row put over an older one of the same offer.</summary>
    public static Offer Join(Offer older, Offer newer)
    {
        var keepsSpot = newer.SpotUsdPerHour is null && older.SpotUsdPerHour is not null;
        return newer with
        {
            Vcpus = newer.Vcpus ?? older.Vcpus,
            HostMemoryGib = newer.HostMemoryGib ?? older.HostMemoryGib,
            SpotUsdPerHour = keepsSpot ? older.SpotUsdPerHour : newer.SpotUsdPerHour,
            SpotSeen = keepsSpot ? older.SeenOf(spot: true) : newer.SpotSeen,
        };
    }

    private static Offer Newest(IEnumerable<Offer> rows) => rows.OrderBy(Age).Aggregate(Join);

    /// <summary>A row is surely as new as the first day that it may be from; one without that day may be of any age.</summary>
    private static (DateOnly From, DateOnly Until) Age(Offer row) => (row.SeenFrom ?? DateOnly.MinValue, row.SeenUntil);
}
