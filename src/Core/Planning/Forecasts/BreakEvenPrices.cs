using SlmPlanner.Core.Planning.Results;

namespace SlmPlanner.Core.Planning.Forecasts;

/// <summary>Prices at which other candidates would win on cost.</summary>
internal static class BreakEvenPrices
{
    /// <summary>
    /// One entry per other candidate, the smallest change of price first. A run's cost less storage and egress
    /// is proportional to its price per hour, so the break-even price follows by the ratio of the two costs.
    /// </summary>
    /// <param name="recommendation">The candidate to beat.</param>
    /// <param name="others">Candidates of other devices, with the same model and tokens.</param>
    /// <param name="deadlineHours">The deadline; null for none.</param>
    public static IReadOnlyList<BreakEven> Against(Candidate recommendation, IEnumerable<Candidate> others, double? deadlineHours) =>
        [.. others
            .Where(other => other.Gpu != recommendation.Gpu)
            .Select(other => Of(recommendation, other, deadlineHours))
            .OrderBy(entry => !entry.KeepsDeadline)
            .ThenBy(entry => Math.Abs(Math.Log(1 + entry.Change)))
            .ThenBy(entry => entry.Gpu, StringComparer.Ordinal)];

    /// <summary>
    /// The multiple of a candidate's price at which its run costs an amount; 0 when storage and egress alone cost as much.
    /// </summary>
    /// <param name="candidate">The candidate.</param>
    /// <param name="usd">The amount.</param>
    public static double PriceRatio(Candidate candidate, double usd) =>
        Math.Max(0, usd - candidate.FeesUsd) / (candidate.CostUsd - candidate.FeesUsd);

    private static BreakEven Of(Candidate recommendation, Candidate other, double? deadlineHours)
    {
        var price = other.UsdPerHour / other.Gpus;
        var ratio = PriceRatio(other, recommendation.CostUsd);
        return new(other.Gpu, other.Gpus, other.Provider, price, price * ratio, ratio - 1, !(other.Hours > deadlineHours));
    }
}
