using CsCheck;
using SlmPlanner.Core.Planning.Probes;
using SlmPlanner.Core.Planning.Search;

namespace SlmPlanner.Tests.Planning.Probes;

/// <summary>The value of a probe against sums over a fine grid, and against what theory says of it.</summary>
public sealed class ProbeGambleTests
{
    private static readonly Limits NoLimits = new(double.PositiveInfinity, double.PositiveInfinity, 1.28);
    private static readonly ProbeGoal Cheapest = new(1, 0, NoLimits);

    /// <summary>
    /// Two runs whose speeds are wrong independently, the first is measured. The grid goes over the true logarithm and the error of the
    /// measurement; the mean after it is the textbook's shrinkage, written out here for one normal.
    /// </summary>
    [Theory]
    [InlineData(100, 105, 0.2, 0.05)]
    [InlineData(100, 130, 0.4, 0.1)]
    [InlineData(100, 100, 0.1, 0.3)]
    public void One_probe_of_two_runs_saves_what_a_grid_says(double first, double second, double spread, double noise)
    {
        var covariance = new double[3, 3];
        covariance[0, 0] = covariance[2, 2] = covariance[0, 2] = covariance[2, 0] = spread * spread;
        var gamble = new ProbeGamble([new(first, 0, 1), new(second, 0, 1)], Cheapest, covariance, [noise], seed: 1);

        var shrink = spread * spread / (spread * spread + noise * noise);
        var left = spread * spread * (1 - shrink);
        double Expected(double mean, double variance) => first * Math.Exp(mean + variance / 2);
        var now = Math.Min(Expected(0, spread * spread), second);
        var after = OverNormal(truth => OverNormal(error =>
            Math.Min(Expected(shrink * (spread * truth + noise * error), left), second)));

        Assert.Equal(now - after, gamble.Of([0]).Usd, 0.04 * first * spread);
    }

    /// <summary>
    /// Three runs of two devices, two probes: whole worlds are drawn and each choice is made by conditioning on two numbers.
    /// </summary>
    [Fact]
    public void Two_probes_of_three_runs_save_what_drawn_worlds_say()
    {
        // Logarithms: run 0 and 1 share device a (deviation 0.3), run 2 has device b (0.25); run 1 has 0.1 of its own. A probe sees a or b.
        const double A = 0.09, B = 0.0625, Own = 0.01, Noise = 0.06;
        double[,] covariance =
        {
            { A, A, 0, A, 0 },
            { A, A + Own, 0, A, 0 },
            { 0, 0, B, 0, B },
            { A, A, 0, A, 0 },
            { 0, 0, B, 0, B },
        };
        Prospect[] runs = [new(100, 0, 1), new(98, 0, 1), new(104, 0, 1)];
        var gamble = new ProbeGamble(runs, Cheapest, covariance, [Noise, Noise], seed: 3);

        var random = new Random(7);
        double Draw() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        var (shrinkA, shrinkB) = (A / (A + Noise * Noise), B / (B + Noise * Noise));
        var saved = 0.0;
        const int Worlds = 100_000;
        for (var world = 0; world < Worlds; world++)
        {
            var (deviceA, deviceB, ofRun) = (Math.Sqrt(A) * Draw(), Math.Sqrt(B) * Draw(), Math.Sqrt(Own) * Draw());
            var (seenA, seenB) = (shrinkA * (deviceA + Noise * Draw()), shrinkB * (deviceB + Noise * Draw()));
            double[] believed =
            [
                100 * Math.Exp(seenA + A * (1 - shrinkA) / 2),
                98 * Math.Exp(seenA + (A * (1 - shrinkA) + Own) / 2),
                104 * Math.Exp(seenB + B * (1 - shrinkB) / 2),
            ];
            double[] real = [100 * Math.Exp(deviceA), 98 * Math.Exp(deviceA + ofRun), 104 * Math.Exp(deviceB)];
            saved += real[gamble.Now] - real[Array.IndexOf(believed, believed.Min())];
        }
        Assert.Equal(saved / Worlds, gamble.Of([0, 1]).Usd, 1.0);
    }

    [Fact]
    public void Probes_never_save_more_than_knowing_everything_and_bad_ones_save_nothing() => Worlds.Sample(world =>
    {
        var gamble = new ProbeGamble(world.Runs, Cheapest, world.Covariance, [0.05, 1e4], seed: 1);
        var (good, useless, knowing) = (gamble.Of([0]).Usd, gamble.Of([1]).Usd, gamble.OfKnowing().Usd);
        var stake = world.Runs.Max(run => run.RentUsd);
        Assert.InRange(good, -0.01 * stake, knowing + 0.03 * stake);
        Assert.InRange(useless, -0.001 * stake, 0.001 * stake);
    });

    [Fact]
    public void With_a_deadline_a_probe_may_let_a_slower_and_cheaper_run_be_chosen()
    {
        // 8 hours at the median with deviation 0.3: too unsure for a deadline of 10 at 90 %. Known to 2 %, it mostly keeps it.
        var goal = new ProbeGoal(1, 0, new(double.PositiveInfinity, 10, 1.2816));
        double[,] covariance = { { 0.09, 0, 0.09 }, { 0, 0.0001, 0 }, { 0.09, 0, 0.09 } };
        var gamble = new ProbeGamble([new(50, 0, 8), new(200, 0, 4)], goal, covariance, [0.02], seed: 1);

        Assert.Equal(1, gamble.Now);
        Assert.InRange(gamble.Of([0]).ChangeShare, 0.70, 0.80);
        Assert.True(gamble.Of([0]).Usd > 90);
    }

    private static readonly Gen<(Prospect[] Runs, double[,] Covariance)> Worlds = Gen.Select(
        Gen.Double[50, 200].Array[3], Gen.Double[-1, 1].Array[15]).Select((rents, loadings) =>
    {
        // A covariance of three runs and two probes from three common causes.
        var covariance = new double[5, 5];
        for (var row = 0; row < 5; row++)
            for (var column = 0; column < 5; column++)
                covariance[row, column] = 0.04 * Enumerable.Range(0, 3)
                .Sum(cause => loadings[3 * row + cause] * loadings[3 * column + cause]);
        return (rents.Select(rent => new Prospect(rent, 0, 1)).ToArray(), covariance);
    });

    /// <summary>The mean over a standard normal, by 801 points between −8 and 8.</summary>
    private static double OverNormal(Func<double, double> value)
    {
        const double Step = 0.02;
        var (sum, weights) = (0.0, 0.0);
        for (var i = -400; i <= 400; i++)
        {
            var weight = Math.Exp(-i * Step * (i * Step) / 2);
            sum += weight * value(i * Step);
            weights += weight;
        }
        return sum / weights;
    }
}
