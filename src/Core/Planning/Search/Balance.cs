namespace SlmPlanner.Core.Planning.Search;

/// <summary>
/// How money and time are weighed against each other. Where the user states what a day is worth: cost + days × that. Else by the
/// front's own shape: in the logarithms of cost and time, the straight line between the front's ends says what the whole trade
/// costs per step, and the point farthest below it is where a step gives most ("knee"). Distance from a line is a sum with fixed
/// weights, so that both are one weighed sum to make least.
/// </summary>
public sealed class Balance
{
    private readonly Func<double, double, double> _weigh;
    private readonly Func<double, double, double> _usdPerHour;

    private Balance(Func<double, double, double> weigh, Func<double, double, double> usdPerHour) =>
        (_weigh, _usdPerHour) = (weigh, usdPerHour);

    /// <summary>Less is better; grows with money and with time.</summary>
    /// <param name="usd">Expected cost, &gt; 0.</param>
    /// <param name="hours">Expected duration, &gt; 0.</param>
    public double Weigh(double usd, double hours) => _weigh(usd, hours);

    /// <summary>
    /// What an hour sooner is worth at a point, USD: the slope of the curve of equal balance there. What is best by the balance is best by
    /// cost + hours × that too, since the curve lies above its tangent.
    /// </summary>
    /// <param name="usd">Expected cost, &gt; 0.</param>
    /// <param name="hours">Expected duration, &gt; 0.</param>
    public double UsdPerHour(double usd, double hours) => _usdPerHour(usd, hours);

    /// <summary>By what a day is worth, USD.</summary>
    public static Balance OfDays(double dayWorthUsd) => new((usd, hours) => usd + hours / 24 * dayWorthUsd, (_, _) => dayWorthUsd / 24);

    /// <summary>By a front of cost against time, cheapest first; money alone where it has less than two points.</summary>
    public static Balance OfFront(IReadOnlyList<(double Usd, double Hours)> front)
    {
        if (front.Count < 2)
            return new((usd, _) => usd, (_, _) => 0);
        var (cheapest, fastest) = (front[0], front[^1]);
        var (moneySpan, timeSpan) = (Math.Log(fastest.Usd / cheapest.Usd), Math.Log(cheapest.Hours / fastest.Hours));
        return new(
            (usd, hours) => Math.Log(usd) * timeSpan + Math.Log(hours) * moneySpan,
            (usd, hours) => moneySpan / hours / (timeSpan / usd));
    }
}
