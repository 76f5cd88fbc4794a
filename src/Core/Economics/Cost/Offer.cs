using SlmPlanner.Core.Hardware;

namespace SlmPlanner.Core.Economics.Cost;

/// <summary>Something that can be rented: one machine type of one provider in one region, at a price seen on a day.</summary>
public sealed record Offer
{
    /// <summary>Provider, lower case, for example <c>lambda</c>.</summary>
    public required string Provider { get; init; }

    /// <summary>The provider's name of the machine.</summary>
    public required string InstanceType { get; init; }

    /// <summary>Region as the provider names it.</summary>
    public required string Region { get; init; }

    /// <summary>Canonical device name.</summary>
    public required string Gpu { get; init; }

    /// <summary>Devices in the machine, ≥ 1.</summary>
    public required int GpusPerNode { get; init; }

    /// <summary>USD per hour for the whole machine, on demand; null when only spot is sold.</summary>
    public double? OnDemandUsdPerHour { get; init; }

    /// <summary>USD per hour for the whole machine, interruptible; null when not sold or not known.</summary>
    public double? SpotUsdPerHour { get; init; }

    /// <summary>Months that renting commits to: the whole term is paid, used or not; null for no commitment.</summary>
    public double? TermMonths { get; init; }

    /// <summary>
    /// USD per GiB stored for a month of <see cref="BillingRule.HoursPerMonth"/>; null where no price is known, which costs nothing.
    /// </summary>
    public double? StorageUsdPerGibMonth { get; init; }

    /// <summary>USD per GiB that leaves the provider; null where no price is known, which costs nothing.</summary>
    public double? EgressUsdPerGib { get; init; }

    /// <summary>Machines there are; null for as many as are asked for.</summary>
    public int? Stock { get; init; }

    /// <summary>True for machines that one has: their price is what having and running them costs.</summary>
    public bool Owned { get; init; }

    /// <summary>Links inside and between machines; null when not known.</summary>
    public NodeLink? Link { get; init; }

    /// <summary>Virtual CPUs of the machine, where known.</summary>
    public double? Vcpus { get; init; }

    /// <summary>Host memory in GiB, where known.</summary>
    public double? HostMemoryGib { get; init; }

    /// <summary>File or page that the price was read from.</summary>
    public required string Source { get; init; }

    /// <summary>The earliest day the price may be from; null when only the latest is known.</summary>
    public DateOnly? SeenFrom { get; init; }

    /// <summary>The day the price was last seen.</summary>
    public required DateOnly SeenUntil { get; init; }

    /// <summary>When <see cref="SpotUsdPerHour"/> was seen, where that was on other days than the rest; null where it was not.</summary>
    public PriceDates? SpotSeen { get; init; }

    /// <summary>When the price of one kind was seen.</summary>
    /// <param name="spot">True for the interruptible price.</param>
    public PriceDates SeenOf(bool spot) => spot && SpotSeen is { } own ? own : new(SeenFrom, SeenUntil);

    /// <summary>The same with a network between machines where none is known, as the user states it.</summary>
    /// <param name="gbitS">Gbit/s per machine, one direction.</param>
    public Offer WithAssumedNetwork(double gbitS) => Link is { InterNodeGbitS: null } link
        ? this with { Link = link with { InterNodeGbitS = gbitS, Fabric = $"{link.Fabric}; network assumed by the user",
            IsAssumed = true } }
        : this;
}
