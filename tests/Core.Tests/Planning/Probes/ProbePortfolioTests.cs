using CsCheck;
using SlmPlanner.Core.Planning.Probes;
using SlmPlanner.Core.Planning.Search;

namespace SlmPlanner.Tests.Planning.Probes;

/// <summary>Which probes are bought together.</summary>
public sealed class ProbePortfolioTests
{
    private static readonly ProbeGoal Cheapest = new(1, 0, new(double.PositiveInfinity, double.PositiveInfinity, 1.28));

    [Fact]
    public void No_other_set_within_the_budget_is_worth_more()
    {
        Gen.Select(Gen.Double[90, 120].Array[4], Gen.Double[0.05, 0.4].Array[4], Gen.Double[0.1, 8].Array[4], Gen.Double[1, 20])
            .Sample((rents, spreads, costs, budget) =>
            {
                var gamble = Independent(rents, spreads);
                var portfolio = new ProbePortfolio(gamble, costs, saving => saving.Usd);
                var best = portfolio.Best(budget);

                var net = best.Saving.Usd - best.CostUsd;
                Assert.True(best.CostUsd <= budget);
                for (var bits = 0; bits < 16; bits++)
                {
                    int[] set = [.. Enumerable.Range(0, 4).Where(probe => (bits & (1 << probe)) != 0)];
                    if (set.Sum(probe => costs[probe]) <= budget)
                        Assert.True(gamble.Of(set).Usd - set.Sum(probe => costs[probe]) <= net + 1e-9);
                }
            }, iter: 20);
    }

    [Fact]
    public void The_path_starts_with_nothing_and_ends_with_what_is_bought()
    {
        var portfolio = new ProbePortfolio(Independent([100, 101, 102, 103], [0.2, 0.2, 0.3, 0.1]), [0.5, 0.6, 0.7, 0.8],
            saving => saving.Usd);
        var path = portfolio.Path(portfolio.Best(double.PositiveInfinity));

        Assert.Empty(path[0].Probes);
        Assert.True(path.Count > 2);
        Assert.All(path.Zip(path.Skip(1)), step =>
            Assert.True(step.Second.Saving.Usd - step.First.Saving.Usd > step.Second.CostUsd - step.First.CostUsd));
    }

    [Fact]
    public void Nothing_is_bought_where_one_run_is_far_the_cheapest()
    {
        var portfolio = new ProbePortfolio(Independent([10, 1000], [0.1, 0.1]), [1, 1], saving => saving.Usd);

        Assert.Empty(portfolio.Best(double.PositiveInfinity).Probes);
    }

    /// <summary>
    /// Two runs of equal rent, whose probes share one large error: each alone says next to nothing, both together which is the faster. By
    /// hand, the mean of the smaller of two normals is 1/√π of their deviation below their mean: 100 · 0.1 / √π.
    /// </summary>
    [Fact]
    public void Probes_that_pay_only_together_are_found_and_the_path_leads_to_them()
    {
        const double Own = 0.01, Shared = 1;
        var gamble = new ProbeGamble([new(100, 0, 1), new(100, 0, 1)], Cheapest, new[,]
        {
            { Own, 0, Own, 0 }, { 0, Own, 0, Own }, { Own, 0, Own + Shared, Shared }, { 0, Own, Shared, Own + Shared },
        }, [0.001, 0.001], seed: 1);
        var portfolio = new ProbePortfolio(gamble, [1, 1], saving => saving.Usd);
        var bought = portfolio.Best(double.PositiveInfinity);

        Assert.InRange(gamble.Of([0]).Usd, 0, 0.9);
        Assert.Equal(5.64, bought.Saving.Usd, 0.3);
        Assert.Equal([0, 1, 2], portfolio.Path(bought).Select(set => set.Probes.Count));
        Assert.Equal(bought.Saving, portfolio.Path(bought)[^1].Saving);
    }

    /// <summary>Runs whose speeds are wrong independently, each with a probe of its own that is 3 % off.</summary>
    private static ProbeGamble Independent(double[] rents, double[] spreads)
    {
        var count = rents.Length;
        var covariance = new double[2 * count, 2 * count];
        for (var i = 0; i < count; i++)
            covariance[i, i] = covariance[count + i, count + i] = covariance[i, count + i] = covariance[count + i, i] =
            spreads[i] * spreads[i];
        return new([.. rents.Select(rent => new Prospect(rent, 0, 1))], Cheapest, covariance, [.. rents.Select(_ => 0.03)], seed: 1);
    }
}
