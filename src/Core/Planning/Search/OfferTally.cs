namespace SlmPlanner.Core.Planning.Search;

/// <summary>What all setups of one offer at one node count come to.</summary>
public sealed record OfferTally
{
    /// <summary>The offer and its price.</summary>
    public required PricedOffer Offer { get; init; }

    /// <summary>Machines.</summary>
    public required int Nodes { get; init; }

    /// <summary>The best by the objective that keeps both limits; null when none does.</summary>
    public required Priced? BestFeasible { get; init; }

    /// <summary>The best by the objective, limits aside.</summary>
    public required Priced Best { get; init; }

    /// <summary>The cheapest, limits aside.</summary>
    public required Priced Cheapest { get; init; }

    /// <summary>The front of cost against time, cheapest first, limits aside.</summary>
    public required IReadOnlyList<Priced> Front { get; init; }

    /// <summary>Setups that keep both limits.</summary>
    public required long Feasible { get; init; }

    /// <summary>Setups that miss the budget alone.</summary>
    public required Miss OverBudget { get; init; }

    /// <summary>Setups that miss the deadline alone.</summary>
    public required Miss PastDeadline { get; init; }

    /// <summary>Setups that miss both.</summary>
    public required Miss OverBoth { get; init; }

    /// <summary>The least budget with which some setup keeps the deadline; infinite when none does.</summary>
    public required double LeastBudgetUsd { get; init; }

    /// <summary>The least deadline with which some setup keeps the budget; infinite when none does.</summary>
    public required double LeastDeadlineHours { get; init; }

    /// <summary>The most tokens that some setup trains within both limits.</summary>
    public required double MostTokens { get; init; }

    /// <summary>All devices.</summary>
    public int Gpus => Nodes * Offer.Offer.GpusPerNode;
}
