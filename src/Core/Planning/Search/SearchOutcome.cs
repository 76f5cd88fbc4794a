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
    private IReadOnlyList<Choice>? _feasibleFront;
    private IReadOnlyList<Choice>? _front;
    private CandidateOrder? _order;

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

    /// <summary>Which of two candidates is better by the request's objective.</summary>
    public CandidateOrder Order => _order ??= CandidateOrder.Of(Request.Objective, Balance);

    /// <summary>
    /// How money and time are weighed: by the worth of a day, else by the front of what keeps the limits, or of everything.
    /// </summary>
    internal Balance Balance => Request.DayWorthUsd is { } worth
        ? Balance.OfDays(worth)
        : Balance.OfFront([.. (FeasibleFront() is { Count: > 0 } front ? front : Front())
            .Select(choice => (choice.Priced.CostUsd, choice.Priced.Hours))]);

    /// <summary>The best candidate that keeps both limits; null when none does.</summary>
    public Choice? Recommendation => BestOfFront(Order);

    /// <summary>The best by an order of the candidates that keep both limits; null when none does.</summary>
    internal Choice? BestOfFront(CandidateOrder order) => FeasibleFront() is not { Count: > 0 } front
        ? null
        : front.Aggregate((best, choice) => order.IsBetter(choice.Priced, best.Priced) ? choice : best);

    /// <summary>The recommendation, or the best limits aside when there is none; null when nothing fits.</summary>
    public Choice? RecommendationOrNearest => Best(Bests());

    /// <summary>The front of cost against time over all offers, cheapest first, limits aside.</summary>
    public IReadOnlyList<Choice> Front() => _front ??= FrontOf(Offers(), result => result.Front);

    /// <summary>The front of the candidates that keep both limits, cheapest first.</summary>
    public IReadOnlyList<Choice> FeasibleFront() => _feasibleFront ??= FrontOf(Offers(), result => result.FeasibleFront);

    /// <summary>What keeps both limits on machines that can't be had, but could in another way or with a larger quota.</summary>
    internal IEnumerable<Choice> OutOfReach() =>
        Results().Where(pair => pair.Result.Access is { Rentable: false, SoldTogether: true })
            .SelectMany(pair => pair.Result.FeasibleFront.Select(priced => Choose(pair.Cluster, pair.Result, priced)));

    /// <summary>
    /// The best candidate of each group, best first: groups with a candidate that keeps the limits, then the others
    /// with their best candidate limits aside.
    /// </summary>
    public IReadOnlyList<Choice> BestPer(Func<Choice, string> group)
    {
        var best = Bests().GroupBy(group).Select(choices => Best(choices)!).ToList();
        best.Sort((left, right) =>
            left.Feasible != right.Feasible ? right.Feasible.CompareTo(left.Feasible)
            : Order.IsBetter(left.Priced, right.Priced) ? -1
            : Order.IsBetter(right.Priced, left.Priced) ? 1
            : string.CompareOrdinal(group(left), group(right)));
        return best;
    }

    /// <summary>The cheapest candidate of each device type at each device count, limits aside, by name and count.</summary>
    public IReadOnlyList<Choice> CheapestPerGpuCount() =>
        [.. Offers()
            .Select(pair => Choose(pair.Cluster, pair.Result, pair.Result.Front[0]))
            .GroupBy(choice => (choice.Gpu, choice.Gpus))
            .Select(choices => choices.Aggregate((best, choice) => CandidateOrder.Cheapest.IsBetter(choice.Priced, best.Priced) ? choice
                : best))
            .OrderBy(choice => choice.Gpu, StringComparer.Ordinal)
            .ThenBy(choice => choice.Gpus)];

    /// <summary>Every offer result with its cluster, in the order that breaks ties, of machines that can be had.</summary>
    public IEnumerable<(ClusterResult Cluster, OfferResult Result)> Offers() => Results().Where(pair => pair.Result.Rentable);

    /// <summary>Those of machines that can't be had too.</summary>
    internal IEnumerable<(ClusterResult Cluster, OfferResult Result)> Results() =>
        Clusters.SelectMany(cluster => cluster.Offers.Select(result => (cluster, result)));

    /// <summary>Of each offer the best candidate that keeps the limits, else the best limits aside.</summary>
    public IEnumerable<Choice> Bests() =>
        Offers().Select(pair => Choose(
            pair.Cluster, pair.Result, Order.Best(pair.Result.FeasibleFront.Count > 0 ? pair.Result.FeasibleFront : pair.Result.Front)));

    /// <summary>The best of some choices: one that keeps the limits if there is one; null when there are none.</summary>
    public Choice? Best(IEnumerable<Choice> choices)
    {
        Choice? best = null;
        foreach (var choice in choices)
        {
            var better = best is null
                || (choice.Feasible && !best.Feasible)
                || (choice.Feasible == best.Feasible && Order.IsBetter(choice.Priced, best.Priced));
            best = better ? choice : best;
        }
        return best;
    }

    private IReadOnlyList<Choice> FrontOf(
        IEnumerable<(ClusterResult Cluster, OfferResult Result)> results, Func<OfferResult, IReadOnlyList<Priced>> fronts) =>
        ParetoFront.Of(
            results.SelectMany(pair => fronts(pair.Result).Select(priced => Choose(pair.Cluster, pair.Result, priced))),
            choice => choice.Priced.CostUsd,
            choice => choice.Priced.Hours);

    private Choice Choose(ClusterResult cluster, OfferResult result, in Priced priced) => new(
        cluster.Platform, result, priced,
        priced.LimitCostUsd <= Goal.Limits.BudgetUsd && priced.LimitHours <= Goal.Limits.DeadlineHours);
}
