using System.Text.Json.Serialization;

namespace SlmPlanner.Core.Economics.Renting;

/// <summary>What it takes to rent a number of machines.</summary>
public sealed record Access
{
    /// <summary>The way.</summary>
    public required WayToRent Way { get; init; }

    /// <summary>True when the user accepts the way, and so many machines are had by it.</summary>
    [JsonIgnore]
    public bool Rentable { get; init; }

    /// <summary>True when so many machines are had together, whatever way the user accepts.</summary>
    [JsonIgnore]
    public bool SoldTogether { get; init; } = true;

    /// <summary>True when a quota has to be asked for first.</summary>
    public bool NeedsQuotaRequest { get; init; }

    /// <summary>True when the user stated the quota.</summary>
    public bool QuotaStated { get; init; }

    /// <summary>The provider's name of that quota; null where not known.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Quota { get; init; }

    /// <summary>Most devices that are had in this way; null where no limit is known.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? MostGpus { get; init; }

    /// <summary>Shortest rental, hours, paid whole; 0 where none is stated.</summary>
    public double LeastHours { get; init; }

    /// <summary>What else there is to know; null for nothing.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Note { get; init; }

    /// <summary>Where it was read.</summary>
    public required string Source { get; init; }

    /// <summary>When it was seen.</summary>
    public required string Date { get; init; }

    /// <summary>How far to trust it, as in <see cref="RentalRule.Confidence"/>.</summary>
    public required string Confidence { get; init; }
}
