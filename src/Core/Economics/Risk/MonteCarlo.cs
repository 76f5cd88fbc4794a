using MathNet.Numerics.Random;
using SlmPlanner.Core.Economics.Cost;

namespace SlmPlanner.Core.Economics.Risk;

/// <summary>Finish time and cost of a run by drawing it many times; the same seed gives the same numbers.</summary>
internal static class MonteCarlo
{
    /// <summary>Draws that put a 90th percentile within about 1 % at the spreads seen here.</summary>
    public const int DefaultDraws = 4000;

    /// <summary>Draws a run.</summary>
    /// <param name="model">The run model whose assumptions hold.</param>
    /// <param name="run">The run at its median step time.</param>
    /// <param name="logSpread">Standard deviation of the logarithm of the step time, ≥ 0.</param>
    /// <param name="seed">Seed.</param>
    /// <param name="draws">Number of draws, ≥ 1.</param>
    public static RiskEstimate Estimate(RunModel model, in RunDemand run, double logSpread, int seed, int draws = DefaultDraws)
    {
        var simulation = new RunSimulation(model);
        var random = new Xoshiro256StarStar(seed);
        var runs = new SimulatedRun[draws];
        for (var i = 0; i < draws; i++)
            runs[i] = simulation.Draw(run, logSpread, random);
        return new(
            new(runs.Select(drawn => drawn.WallSeconds / 3600)),
            new(runs.Select(drawn => drawn.CostUsd)),
            new(runs.Select(drawn => (double)drawn.Stops)));
    }
}

/// <summary>How long a run takes and what it costs, as distributions over all draws, those that never finish included.</summary>
/// <param name="Hours">Wall-clock hours from the order to the last step; infinite where a run never finishes.</param>
/// <param name="CostUsd">The bill in USD; infinite where a run never finishes.</param>
/// <param name="Stops">Failures and interruptions.</param>
internal sealed record RiskEstimate(Distribution Hours, Distribution CostUsd, Distribution Stops)
{
    /// <summary>Share of the draws that never finish, 0..1.</summary>
    public double NeverFinishing => Hours.InfiniteShare;
}

/// <summary>One way a run may go.</summary>
/// <param name="WallSeconds">From the order of machines to the last step.</param>
/// <param name="BilledSeconds">Time on the bill, before rounding to the provider's units.</param>
/// <param name="CostUsd">The bill.</param>
/// <param name="Stops">Failures and interruptions.</param>
internal readonly record struct SimulatedRun(double WallSeconds, double BilledSeconds, double CostUsd, long Stops)
{
    /// <summary>A run that never finishes: it is billed without end, whatever storage or egress cost.</summary>
    public static SimulatedRun Never(long stops) => new(double.PositiveInfinity, double.PositiveInfinity, double.PositiveInfinity, stops);
}
