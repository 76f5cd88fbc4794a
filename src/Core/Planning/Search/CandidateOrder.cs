using SlmPlanner.Core.Planning.Requests;

namespace SlmPlanner.Core.Planning.Search;

/// <summary>Which of two candidates is better by an objective, in expected money or time: the objective first, the other of the two second.</summary>
/// <param name="objective">What is minimised. Loss is the same for all once model and tokens are set: then money counts.</param>
public sealed class CandidateOrder(Objective objective)
{
    private readonly bool _timeFirst = objective == Objective.Time;

    /// <summary>True when <paramref name="candidate"/> is strictly better, so that of equals the first met stays.</summary>
    public bool IsBetter(in Priced candidate, in Priced than)
    {
        var (first, second) = Keys(candidate);
        var (thanFirst, thanSecond) = Keys(than);
        return first < thanFirst || (first == thanFirst && second < thanSecond);
    }

    private (double First, double Second) Keys(in Priced priced) =>
        _timeFirst ? (priced.Hours, priced.CostUsd) : (priced.CostUsd, priced.Hours);
}
