using SlmPlanner.Core.Economics.Cost;

namespace SlmPlanner.Core.Economics.Renting;

/// <summary>
/// How the machines behind some prices of one provider are had, and how many of them without a contract: one entry of
/// <c>availability.json</c>.
/// </summary>
public sealed record RentalRule
{
    /// <summary>Provider as in offers; <see cref="AvailabilityProfile.Any"/> for those without an entry of their own.</summary>
    public required string Provider { get; init; }

    /// <summary>Machine types, <c>*</c> standing for any end; empty for all of the provider's.</summary>
    public IReadOnlyList<string> Instances { get; init => field = value ?? []; } = [];

    /// <summary>True when it is about the interruptible price, false about the other.</summary>
    public bool Spot { get; init; }

    /// <summary>The way to rent at that price.</summary>
    public required WayToRent Way { get; init; }

    /// <summary>Most devices that an account starts by itself; null where no limit is known.</summary>
    public int? SelfServeGpus { get; init; }

    /// <summary>Most devices after a quota request that is usually granted; null where none is known to be.</summary>
    public int? AfterRequestGpus { get; init; }

    /// <summary>Most machines that can work together; null where no limit is known.</summary>
    public int? MostMachines { get; init; }

    /// <summary>Fewest devices that are rented together; null for any number.</summary>
    public int? LeastGpus { get; init; }

    /// <summary>Shortest rental, hours, paid whole.</summary>
    public double LeastHours { get; init; }

    /// <summary>The provider's name of the limit that a request raises; null where not known.</summary>
    public string? Quota { get; init; }

    /// <summary>What else there is to know; null for nothing.</summary>
    public string? Note { get; init; }

    /// <summary>Where it was read.</summary>
    public required string Source { get; init; }

    /// <summary>The day, or the last day, it was seen, as <see cref="PriceDates"/> reads it.</summary>
    public required string Date { get; init; }

    /// <summary>
    /// How far to trust it: A the provider's own page, B a dated note that names it, C a statement without date, assumed.
    /// </summary>
    public required string Confidence { get; init; }

    /// <summary>True when the entry is about a price of an offer.</summary>
    internal bool Covers(Offer offer, bool spot) => Spot == spot
        && (Provider == AvailabilityProfile.Any || Same(Provider, offer.Provider))
        && (Instances.Count == 0 || Instances.Any(pattern => Matches(pattern, offer.InstanceType)));

    private static bool Matches(string pattern, string name) => pattern.EndsWith('*')
        ? name.StartsWith(pattern[..^1], StringComparison.OrdinalIgnoreCase)
        : Same(pattern, name);

    private static bool Same(string left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}

/// <summary>How machines are had, provider by provider.</summary>
/// <param name="SchemaVersion">Version of the file format.</param>
/// <param name="Rules">The entries; of those about a price the first holds.</param>
public sealed record AvailabilityProfile(int SchemaVersion, IReadOnlyList<RentalRule> Rules)
{
    /// <summary>The provider of the entry for all without their own.</summary>
    public const string Any = "*";

    /// <summary>Nothing is known, so everything can be had.</summary>
    public static AvailabilityProfile None { get; } = new(1, []);

    /// <summary>The entry about a price; null when there is none.</summary>
    public RentalRule? RuleFor(Offer offer, bool spot) => Rules.FirstOrDefault(rule => rule.Covers(offer, spot));
}
