using System.Globalization;
using System.Text;
using SlmPlanner.Core.Economics.Cost;
using SlmPlanner.Core.Hardware;
using SlmPlanner.Data.Csv;
using SlmPlanner.Data.Offers;

namespace SlmPlanner.Data.Catalogs;

/// <summary>Writes offers in our own format (<see cref="OfferCsv"/>).</summary>
public static class OfferFile
{
    /// <summary>
    /// The text of the file: a header and one row per offer, in the order given; two where its prices are of different days.
    /// </summary>
    public static string Write(IEnumerable<Offer> offers, DeviceCatalog devices)
    {
        var text = new StringBuilder().AppendJoin(',', OfferCsv.Columns).Append('\n');
        foreach (var offer in offers.SelectMany(RowsOf))
        {
            object?[] fields =
            [
                offer.Provider, offer.InstanceType, offer.Gpu, offer.GpusPerNode,
                devices.TryFind(offer.Gpu, null, out var device) ? device.MemoryGib : null,
                offer.Vcpus, offer.HostMemoryGib, offer.Region, offer.OnDemandUsdPerHour, offer.SpotUsdPerHour,
                offer.Source, null, new PriceDates(offer.SeenFrom, offer.SeenUntil).ToString(),
                offer.TermMonths, offer.StorageUsdPerGibMonth, offer.EgressUsdPerGib, offer.Stock,
            ];
            text.AppendJoin(',', fields.Select(PlainValue.Csv)).Append('\n');
        }
        return text.ToString();
    }

    /// <summary>The older spot price comes first, so that the later row still says what is sold on demand.</summary>
    private static IEnumerable<Offer> RowsOf(Offer offer) => offer.SpotSeen is not { } seen ? [offer] :
    [
        offer with { OnDemandUsdPerHour = null, SeenFrom = seen.From, SeenUntil = seen.Until, SpotSeen = null },
        offer with { SpotUsdPerHour = null, SpotSeen = null },
    ];

    /// <summary>The line of a report of skipped rows.</summary>
    public static string Write(SkippedRow row) =>
        string.Join(',', new object?[] { row.File, row.Line.ToString(CultureInfo.InvariantCulture), row.Reason,
            row.Subject }.Select(PlainValue.Csv));
}
