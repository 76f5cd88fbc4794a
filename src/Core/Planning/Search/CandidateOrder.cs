using SlmPlanner.Core.Planning.Requests;

namespace SlmPlanner.Core.Planning.Search;

/// <summary>
/// Which of two candidates is better by an objective, in expected money and time. Every order prefers less of both, so that the best
/// of all candidates is on the front of cost against time.
/// </summary>
public sealed class CandidateOrder
{
    private readonly Func<double, double, (double First, double Second)> _keys;

    private CandidateOrder(Func<double, double, (double First, double Second)> keys) => _keys = keys;

    /// <summary>Money first, then time.</summary>
    public static CandidateOrder Cheapest { get; } = new((usd, hours) => (usd, hours));

    /// <summary>Time first, then money.</summary>
    public static CandidateOrder Fastest { get; } = new((usd, hours) => (hours, usd));

    /// <summary>Both together, then money.</summary>
    public static CandidateOrder Balanced(Balance balance) => new((usd, hours) => (balance.Weigh(usd, hours), usd));

    /// <summary>The order of an objective. The loss is the same for all once model and tokens are set: then money counts.</summary>
    /// <param name="objective">What is minimised.</param>
    /// <param name="balance">How money and time are weighed where both count.</param>
    public static CandidateOrder Of(Objective objective, Balance balance) => objective switch
    {
        Objective.Time => Fastest,
        Objective.Balanced => Balanced(balance),
        _ => Cheapest,
    };

    /// <summary>True when <paramref name="candidate"/> is strictly better, so that of equals the first met stays.</summary>
    public bool IsBetter(in Priced candidate, in Priced than)
    {
        var (first, second) = _keys(candidate.CostUsd, candidate.Hours);
        var (thanFirst, thanSecond) = _keys(than.CostUsd, than.Hours);
        return first < thanFirst || (first == thanFirst && second < thanSecond);
    }

    /// <summary>The best of some candidates, at least one.</summary>
    internal Priced Best(IReadOnlyList<Priced> candidates)
    {
        var best = candidates[0];
        for (var index = 1; index < candidates.Count; index++)
            best = IsBetter(candidates[index], best) ? candidates[index] : best;
        return best;
    }
}
