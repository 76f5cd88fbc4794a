using SlmPlanner.Core.Planning.Requests;

namespace SlmPlanner.Core.Planning.Search;

/// <summary>Everything a search found, and the questions that answers put to it.</summary>
/// <param name="Request">The request, defaults filled in.</param>
/// <param name="Goal">What was asked of a candidate.</param>
/// <param name="Space">What was gone through.</param>
/// <param name="Clusters">The results, in the space's order.</param>
public sealed record SearchOutcome(
    PlanRequest Request, SearchGoal Goal, CandidateSpace Space, IReadOnlyList<ClusterResult> Clusters)
{
    private static readonly CandidateOrder ByCost = new(Objective.Cost);

    /// <summary>Searches the whole catalog for a request whose model and tokens are set.</summary>
    /// <param name="request">A valid request, defaults filled in.</param>
    /// <param name="inputs">Catalog, performance, risk.</param>
    /// <param name="workers">Threads at most; −1 takes as many as the machine has.</param>
    /// <param name="stop">Ends the search.</param>
    /// <exception cref="OperationCanceledException">The search was ended.</exception>
    public static SearchOutcome Of(PlanRequest request, PlanningInputs inputs, int workers = -1, CancellationToken stop = default)
    {
        var goal = SearchGoal.Of(request, inputs);
        var space = CandidateSpace.Of(request, inputs);
        return new(request, goal, space, PlanSearch.Run(request, goal, space, inputs, workers, stop));
    }

    /// <summary>The best candidate that keeps both limits; null when none does.</summary>
    public Choice? Recommendation => Best(Bests().Where(choice => choice.Feasible));

    /// <summary>The recommendation, or the best limits aside when there is none; null when nothing fits.</summary>
    public Choice? RecommendationOrNearest => Best(Bests());

    /// <summary>The front of cost against time over all offers, cheapest first, limits aside.</summary>
    public IReadOnlyList<Choice> Front() => ParetoFront.Of(
        Offers().SelectMany(pair => pair.Result.Front.Select(priced => Choose(pair.Cluster, pair.Result, priced))),
        choice => choice.Priced.CostUsd,
        choice => choice.Priced.Hours);

    /// <summary>
    /// The best candidate of each group, best first: groups with a candidate that keeps the limits, then the others
    /// with their best candidate limits aside.
    /// </summary>
    public IReadOnlyList<Choice> BestPer(Func<Choice, string> group)
    {
        var best = Bests().GroupBy(group).Select(choices => Best(choices)!).ToList();
        best.Sort((left, right) =>
            left.Feasible != right.Feasible ? right.Feasible.CompareTo(left.Feasible)
            : Goal.Order.IsBetter(left.Priced, right.Priced) ? -1
            : Goal.Order.IsBetter(right.Priced, left.Priced) ? 1
            : string.CompareOrdinal(group(left), group(right)));
        return best;
    }

    /// <summary>The cheapest candidate of each device type at each device count, limits aside, by name and count.</summary>
    public IReadOnlyList<Choice> CheapestPerGpuCount() =>
        [.. Offers()
            .Select(pair => Choose(pair.Cluster, pair.Result, pair.Result.Cheapest))
            .GroupBy(choice => (choice.Gpu, choice.Gpus))
            .Select(choices => choices.Aggregate((best, choice) => ByCost.IsBetter(choice.Priced, best.Priced) ? choice : best))
            .OrderBy(choice => choice.Gpu, StringComparer.Ordinal)
            .ThenBy(choice => choice.Gpus)];

    /// <summary>Every offer result with its cluster, in the order that breaks ties.</summary>
    public IEnumerable<(ClusterResult Cluster, OfferResult Result)> Offers() =>
        Clusters.SelectMany(cluster => cluster.Offers.Select(result => (cluster, result)));

    /// <summary>Of each offer the best candidate that keeps the limits, else the best limits aside.</summary>
    public IEnumerable<Choice> Bests() =>
        Offers().Select(pair => Choose(pair.Cluster, pair.Result, pair.Result.BestFeasible ?? pair.Result.Best));

    /// <summary>The best of some choices: one that keeps the limits if there is one; null when there are none.</summary>
    public Choice? Best(IEnumerable<Choice> choices)
    {
        Choice? best = null;
        foreach (var choice in choices)
        {
            var better = best is null
                || (choice.Feasible && !best.Feasible)
                || (choice.Feasible == best.Feasible && Goal.Order.IsBetter(choice.Priced, best.Priced));
            best = better ? choice : best;
        }
        return best;
    }

    private Choice Choose(ClusterResult cluster, OfferResult result, in Priced priced) => new(
        cluster.Platform, result, priced,
        priced.LimitCostUsd <= Goal.Limits.BudgetUsd && priced.LimitHours <= Goal.Limits.DeadlineHours);
}
