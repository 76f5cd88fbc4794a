using SlmPlanner.Core.Economics.Cost;
using SlmPlanner.Core.Economics.Renting;
using SlmPlanner.Core.Planning.Results;

namespace SlmPlanner.Core.Planning.Search;

/// <summary>What all setups of one offer at one node count come to.</summary>
public sealed record OfferResult
{
    /// <summary>The offer and its price.</summary>
    public required PricedOffer PricedOffer { get; init; }

    /// <summary>Machines.</summary>
    public required int Nodes { get; init; }

    /// <summary>What it takes to rent the machines; null where nothing is known of it.</summary>
    public required Access? Access { get; init; }

    /// <summary>The front of cost against time, cheapest first, limits aside. At least one.</summary>
    public required IReadOnlyList<Priced> Front { get; init; }

    /// <summary>The front of the setups that keep both limits; empty when none does.</summary>
    public required IReadOnlyList<Priced> FeasibleFront { get; init; }

    /// <summary>Setups that keep both limits.</summary>
    public required long Feasible { get; init; }

    /// <summary>Setups that miss the budget alone.</summary>
    public required NearMiss OverBudget { get; init; }

    /// <summary>Setups that miss the deadline alone.</summary>
    public required NearMiss PastDeadline { get; init; }

    /// <summary>Setups that miss both.</summary>
    public required NearMiss OverBoth { get; init; }

    /// <summary>The least budget with which some setup keeps the deadline; infinite when none does.</summary>
    public required double LeastBudgetUsd { get; init; }

    /// <summary>The least deadline with which some setup keeps the budget; infinite when none does.</summary>
    public required double LeastDeadlineHours { get; init; }

    /// <summary>The most tokens that some setup trains within both limits.</summary>
    public required double MostTokens { get; init; }

    /// <summary>True when so many machines can be had in a way that the user accepts.</summary>
    public bool Rentable => Access?.Rentable ?? true;

    /// <summary>Setups priced.</summary>
    public long Setups => Feasible + OverBudget.Count + PastDeadline.Count + OverBoth.Count;

    /// <summary>The offer.</summary>
    public Offer Offer => PricedOffer.Offer;

    /// <summary>All devices.</summary>
    public int Gpus => Nodes * Offer.GpusPerNode;
}

/// <summary>How many candidates missed a limit, and the one that missed by least.</summary>
/// <param name="Count">Candidates.</param>
/// <param name="By">By what fraction of the limit the nearest missed; infinite when there is none.</param>
/// <param name="Nearest">The nearest; meaningful when <paramref name="Count"/> is above zero.</param>
public readonly record struct NearMiss(long Count, double By, Priced Nearest)
{
    /// <summary>No candidate missed.</summary>
    public static NearMiss None => new(0, double.PositiveInfinity, default);

    /// <summary>With one more candidate that missed by a fraction.</summary>
    public NearMiss With(double by, in Priced candidate) =>
        by < By ? new(Count + 1, by, candidate) : this with { Count = Count + 1 };
}
