using SlmPlanner.Core.Planning.Results;

namespace SlmPlanner.Core.Planning.Search;

/// <summary>Prices setups on one offer one after another and keeps what matters of them.</summary>
/// <param name="offer">The offer at its price.</param>
/// <param name="nodes">Machines.</param>
/// <param name="goal">What is asked.</param>
internal sealed class OfferResultBuilder(PricedOffer offer, int nodes, SearchGoal goal)
{
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
    public void Add(in Evaluation evaluation, int ordinal)
    {
        var priced = _pricing.Price(evaluation, ordinal, goal.Tokens, goal.Limits.Deviations);
        if (!double.IsFinite(priced.LimitCostUsd + priced.LimitHours + priced.CostUsd + priced.Hours))
        {
            NeverFinishes++;
            return;
        }
        if (priced.LimitHours < _fastestHours)
            (_fastest, _fastestHours) = (evaluation, priced.LimitHours);
        AddTo(_front, priced);
        AgainstLimits(priced);
    }

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
        var overBudget = priced.LimitCostUsd / goal.Limits.BudgetUsd - 1;
        var pastDeadline = priced.LimitHours / goal.Limits.DeadlineHours - 1;
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

    private void Keep(in Priced priced)
    {
        _feasible++;
        AddTo(_feasibleFront, priced);
    }

    /// <summary>Keeps only points that none before them beats or equals; points they beat may stay until the front is built.</summary>
    private static void AddTo(List<Priced> front, in Priced priced)
    {
        foreach (var kept in front)
        {
            if (kept.CostUsd <= priced.CostUsd && kept.Hours <= priced.Hours)
                return;
        }
        front.Add(priced);
    }
}
