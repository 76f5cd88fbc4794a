using System.Runtime.InteropServices;
using SlmPlanner.Core.Planning.Results;

namespace SlmPlanner.Core.Planning.Search;

/// <summary>Prices setups on one offer one after another and keeps what matters of them.</summary>
/// <param name="offer">The offer at its price.</param>
/// <param name="nodes">Machines.</param>
/// <param name="goal">What is asked.</param>
internal sealed class OfferResultBuilder(PricedOffer offer, int nodes, SearchGoal goal)
{
    /// <summary>More than the rounding of the number of checkpoints makes a longer run cheaper.</summary>
    private const double Margin = 0.99;

    private readonly RunPricing _pricing = goal.PricingOn(offer, nodes);
    private readonly List<Priced> _front = [];
    private readonly List<Priced> _feasibleFront = [];
    private long _feasible;
    private NearMiss _overBudget = NearMiss.None;
    private NearMiss _pastDeadline = NearMiss.None;
    private NearMiss _overBoth = NearMiss.None;
    private double _leastBudgetUsd = double.PositiveInfinity;
    private double _leastDeadlineHours = double.PositiveInfinity;
    private Evaluation _fastest;
    private double _fastestHours = double.PositiveInfinity;

    /// <summary>Setups so long, or so often stopped, that their run has no finite length.</summary>
    public long NeverFinishes { get; private set; }

    /// <summary>Takes in one setup that fits.</summary>
    /// <param name="runs">The runs of the cluster's setups.</param>
    /// <param name="ordinal">Which of them.</param>
    public void Add(ClusterRuns runs, int ordinal)
    {
        if (!runs.IsWhole(ordinal) && goal.Limits.Deviations >= 0 && IsOnlyCounted(runs.AtBest(ordinal, _pricing)))
            return;
        var priced = runs.Whole(ordinal, _pricing);
        if (!IsFinite(priced))
        {
            NeverFinishes++;
            return;
        }
        if (priced.LimitHours < _fastestHours)
            (_fastest, _fastestHours) = (priced.Evaluation, priced.LimitHours);
        AddTo(_front, priced);
        AgainstLimits(priced);
    }

    /// <summary>
    /// Counts a setup and is done with it where, sure as it may be, it already is no candidate for anything that is kept and is on a known
    /// side of each limit. Less sure a run is expected longer and dearer and may be so by more: but for the number of its checkpoints,
    /// which is whole; that is what the margin is for.
    /// </summary>
    private bool IsOnlyCounted(in Priced atBest)
    {
        if (!IsFinite(atBest))
        {
            NeverFinishes++;
            return true;
        }
        var least = atBest with
        {
            Hours = Margin * atBest.Hours, CostUsd = Margin * atBest.CostUsd,
            LimitHours = Margin * atBest.LimitHours, LimitCostUsd = Margin * atBest.LimitCostUsd,
        };
        var (overBudget, pastDeadline) = Excess(least);
        if ((overBudget <= 0 && double.IsFinite(goal.Limits.BudgetUsd)) || (pastDeadline <= 0 && double.IsFinite(goal.Limits.DeadlineHours))
            || least.LimitHours < _fastestHours || !IsBeaten(_front, least))
            return false;
        if (pastDeadline <= 0 && overBudget <= 0)
            return Count(ref _feasible, IsBeaten(_feasibleFront, least)
                && least.LimitCostUsd >= _leastBudgetUsd && least.LimitHours >= _leastDeadlineHours);
        return pastDeadline <= 0 ? least.LimitCostUsd >= _leastBudgetUsd && Count(ref _overBudget, overBudget)
            : overBudget <= 0 ? least.LimitHours >= _leastDeadlineHours && Count(ref _pastDeadline, pastDeadline)
            : Count(ref _overBoth, Math.Max(overBudget, pastDeadline));
    }

    private static bool Count(ref long count, bool isNothingElse)
    {
        count += isNothingElse ? 1 : 0;
        return isNothingElse;
    }

    /// <summary>Counts a miss that is no nearer than the nearest.</summary>
    private static bool Count(ref NearMiss misses, double leastBy)
    {
        if (leastBy < misses.By)
            return false;
        misses = misses with { Count = misses.Count + 1 };
        return true;
    }

    private static bool IsFinite(in Priced priced) =>
        double.IsFinite(priced.LimitCostUsd + priced.LimitHours + priced.CostUsd + priced.Hours);

    /// <summary>The result of all setups taken in; null when none of them finishes.</summary>
    public OfferResult? Build() => _front.Count == 0 ? null : new()
    {
        PricedOffer = offer,
        Nodes = nodes,
        Access = goal.Rental.To(offer.Offer, offer.Spot, nodes),
        Front = ParetoFront.Of(_front, priced => priced.CostUsd, priced => priced.Hours),
        FeasibleFront = ParetoFront.Of(_feasibleFront, priced => priced.CostUsd, priced => priced.Hours),
        Feasible = _feasible,
        OverBudget = _overBudget,
        PastDeadline = _pastDeadline,
        OverBoth = _overBoth,
        LeastBudgetUsd = _leastBudgetUsd,
        LeastDeadlineHours = _leastDeadlineHours,
        MostTokens = _pricing.MostTokens(_fastest, goal.Limits),
    };

    private void AgainstLimits(in Priced priced)
    {
        var (overBudget, pastDeadline) = Excess(priced);
        if (pastDeadline <= 0)
            _leastBudgetUsd = Math.Min(_leastBudgetUsd, priced.LimitCostUsd);
        if (overBudget <= 0)
            _leastDeadlineHours = Math.Min(_leastDeadlineHours, priced.LimitHours);
        if (overBudget <= 0 && pastDeadline <= 0)
            Keep(priced);
        else if (pastDeadline <= 0)
            _overBudget = _overBudget.With(overBudget, priced);
        else if (overBudget <= 0)
            _pastDeadline = _pastDeadline.With(pastDeadline, priced);
        else
            _overBoth = _overBoth.With(Math.Max(overBudget, pastDeadline), priced);
    }

    /// <summary>By what fraction of each limit a run exceeds it.</summary>
    private (double OverBudget, double PastDeadline) Excess(in Priced priced) =>
        (priced.LimitCostUsd / goal.Limits.BudgetUsd - 1, priced.LimitHours / goal.Limits.DeadlineHours - 1);

    private void Keep(in Priced priced)
    {
        _feasible++;
        AddTo(_feasibleFront, priced);
    }

    /// <summary>Keeps only points that none before them beats or equals; points they beat may stay until the front is built.</summary>
    private static void AddTo(List<Priced> front, in Priced priced)
    {
        if (!IsBeaten(front, priced))
            front.Add(priced);
    }

    private static bool IsBeaten(List<Priced> front, in Priced priced)
    {
        foreach (ref readonly var kept in CollectionsMarshal.AsSpan(front))
        {
            if (kept.CostUsd <= priced.CostUsd && kept.Hours <= priced.Hours)
                return true;
        }
        return false;
    }
}
