using System.Globalization;
using SlmPlanner.Core.Economics.Cost;

namespace SlmPlanner.Core.Economics.Renting;

/// <summary>What the user may start at a provider, as granted: it takes the place of what is known of others' accounts.</summary>
/// <param name="Provider">The provider as in offers.</param>
/// <param name="Count">How many, ≥ 0: of <paramref name="InstanceType"/> machines, else devices.</param>
/// <param name="InstanceType">The machine type it is for; null for all.</param>
/// <param name="Gpu">The device it is for, by canonical name; null for all.</param>
public sealed record RentalQuota(string Provider, int Count, string? InstanceType = null, string? Gpu = null)
{
    /// <summary>Most devices of an offer; null when the quota is about something else.</summary>
    internal int? GpusOf(Offer offer) =>
        !Same(Provider, offer.Provider) ? null
        : InstanceType is not null ? (Same(InstanceType, offer.InstanceType) ? Count * offer.GpusPerNode : null)
        : Gpu is null || Gpu == offer.Gpu ? Count : null;

    /// <summary>How narrowly it names what it is for: the narrowest holds.</summary>
    internal int Narrowness => InstanceType is not null ? 2 : Gpu is not null ? 1 : 0;

    /// <summary>The same text for the same quota, in every language and version.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Provider}:{InstanceType}:{Gpu}={Count}");

    private static bool Same(string left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
