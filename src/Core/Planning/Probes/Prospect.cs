using MathNet.Numerics.Distributions;
using SlmPlanner.Core.Planning.Search;

namespace SlmPlanner.Core.Planning.Probes;

/// <summary>
/// A run that may be chosen, as a function of how wrong the prediction of its step time is: e^x times the rent and the time of its steps at
/// the median, and what does not depend on it.
/// </summary>
/// <param name="RentUsd">Cost of the steps at their median time.</param>
/// <param name="FeesUsd">What is paid whatever their time.</param>
/// <param name="Hours">Hours of the steps at their median time.</param>
/// <param name="WaitHours">Hours that pass whatever their time.</param>
internal readonly record struct Prospect(double RentUsd, double FeesUsd, double Hours, double WaitHours = 0)
{
    /// <summary>Cost where the logarithm of the step time is off by <paramref name="log"/>, USD.</summary>
    public double CostUsd(double log) => FeesUsd + RentUsd * Math.Exp(log);

    /// <summary>Duration where the logarithm of the step time is off by <paramref name="log"/>, hours.</summary>
    public double HoursAt(double log) => WaitHours + Hours * Math.Exp(log);
}

/// <summary>What one of several prospects is chosen by.</summary>
/// <param name="UsdPerUsd">Weight of a dollar of cost: 1, or 0 where only time counts.</param>
/// <param name="UsdPerHour">Worth of an hour, USD.</param>
/// <param name="Limits">Budget and deadline with the confidence at which they must hold.</param>
internal readonly record struct ProbeGoal(double UsdPerUsd, double UsdPerHour, Limits Limits)
{
    /// <summary>What the linear form of a prospect's cost leaves of the search's, as a share.</summary>
    private const double Rounding = 1e-6;

    /// <summary>What a prospect costs by this goal: money and time in dollars.</summary>
    public double Loss(double costUsd, double hours) => UsdPerUsd * costUsd + UsdPerHour * hours;

    /// <summary>
    /// The prospect to choose where each logarithm of a step time is normal: the least expected loss among those that keep the limits at
    /// the asked confidence; where none does, the one that comes nearest. Of those that lose the same but for rounding the quicker, or the
    /// cheaper where time is the goal, as a plan chooses; then the first.
    /// </summary>
    public int Choose(ReadOnlySpan<Prospect> prospects, ReadOnlySpan<double> means, ReadOnlySpan<double> variances)
    {
        var (best, leastLoss, leastOther, nearest, leastExcess) =
            (-1, double.PositiveInfinity, double.PositiveInfinity, 0, double.PositiveInfinity);
        for (var i = 0; i < prospects.Length; i++)
        {
            var limit = means[i] + Limits.Deviations * Math.Sqrt(variances[i]);
            var excess = Excess(prospects[i], limit);
            if (excess < leastExcess)
                (nearest, leastExcess) = (i, excess);
            var expected = means[i] + variances[i] / 2;
            var (costUsd, hours) = (prospects[i].CostUsd(expected), prospects[i].HoursAt(expected));
            var (loss, other) = (Loss(costUsd, hours), UsdPerUsd > 0 ? hours : costUsd);
            if (excess <= 1 && (loss < leastLoss * (1 - Rounding) || (loss <= leastLoss * (1 + Rounding) && other < leastOther)))
                (best, leastLoss, leastOther) = (i, loss, other);
        }
        return best < 0 ? nearest : best;
    }

    /// <summary>The larger of cost over budget and time over deadline; at most 1 where both are kept.</summary>
    private double Excess(in Prospect prospect, double log) =>
        Math.Max(prospect.CostUsd(log) / Limits.BudgetUsd, prospect.HoursAt(log) / Limits.DeadlineHours);
}
