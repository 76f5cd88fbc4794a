using MathNet.Numerics.Random;
using SlmPlanner.Core.Economics.Cost;

namespace SlmPlanner.Core.Economics.Risk;

/// <summary>Finish time and cost of a run by drawing it many times; the same seed gives the same numbers.</summary>
public static class MonteCarlo
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
