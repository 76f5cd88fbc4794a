using CsCheck;
using SlmPlanner.Calibrator.Matrix;

namespace SlmPlanner.Calibrator.Tests;

public class BurstChoiceTests
{
    private static readonly Gen<double[]> Row = Gen.Double[0, 1].Array[4];

    [Fact]
    public void A_burst_lowers_the_mean_variance_by_exactly_its_gain() => Gen.Select(Row, Row.Array[3], Row.Array[5])
        .Sample((next, before, targets) =>
    {
        var information = new BurstInformation([1, 2, 0.5, 1], 0.1);
        foreach (var row in before)
            information.Learn(row);
        var (variance, gain) = (targets.Average(information.Variance), information.Gain(next, targets));
        information.Learn(next);
        Assert.Equal(variance - gain, targets.Average(information.Variance), 1e-9);
        Assert.True(gain >= 0);
    });

    [Fact]
    public void Learning_equals_the_closed_form_of_bayesian_regression()
    {
        // One coefficient, prior variance 4, noise variance 0.25, slopes 1 and 2: 1 / (1/4 + (1 + 4)/0.25) = 0.0493827.
        var information = new BurstInformation([2], 0.5);
        information.Learn([1]);
        information.Learn([2]);
        Assert.Equal(1 / (0.25 + 20), information.Variance([1]), 1e-12);
    }

    [Fact]
    public void The_most_informative_burst_per_second_is_chosen()
    {
        var chooser = new BurstChooser(new BurstInformation([1, 1], 0.1), [[1, 0], [0.9, 0.1]], seed: 1);
        PossibleBurst[] possible = [new(Specs.Small, [0, 1], 1), new(Specs.Small with { Seed = 2 }, [1, 0], 1),
            new(Specs.Small with { Seed = 3 }, [1, 0], 10)];
        Assert.Equal(2, chooser.Next(possible, done: 0)!.Burst.Spec.Seed);
    }

    [Fact]
    public void Every_fifth_burst_is_held_out()
    {
        var chooser = new BurstChooser(new BurstInformation([1], 0.1), [[1.0]], seed: 1);
        PossibleBurst[] possible = [new(Specs.Small, [1], 1)];
        Assert.Equal(20, Enumerable.Range(0, 100).Count(done => chooser.Next(possible, done)!.HeldOut));
        Assert.Null(chooser.Next([], 0));
    }

    [Fact]
    public void A_held_out_burst_is_no_choice_for_information()
    {
        var chooser = new BurstChooser(new BurstInformation([1], 0.1), [[1.0]], seed: 1);
        PossibleBurst[] possible = [.. Enumerable.Range(0, 50)
            .Select(i => new PossibleBurst(Specs.Small with { Seed = i }, [1.0 / (1 + i)], 1))];
        var chosen = Enumerable.Range(0, 20).Select(i => chooser.Next(possible, 5 * i + 4)!.Burst.Spec.Seed).Distinct().Count();
        Assert.True(chosen > 10);
    }

    [Fact]
    public void The_pool_is_the_same_for_a_seed_and_every_spec_in_it_can_run()
    {
        var pool = new BurstPool(PoolRanges.Default, threads: 2, seed: 4).Draw(300);
        Assert.Equal(pool, new BurstPool(PoolRanges.Default, threads: 2, seed: 4).Draw(300));
        Assert.Equal(300, pool.Distinct().Count());
        Assert.All(pool, spec =>
        {
            List<string> problems = [];
            SlmPlanner.Calibrator.Bursts.BurstSpecRules.Check(spec, problems);
            Assert.Empty(problems);
        });
    }

    [Theory]
    [InlineData(512)]
    [InlineData(2048)]
    public void Widths_for_a_model_bracket_it(int width)
    {
        var ranges = PoolRanges.For(Specs.Small.Shape with { DModel = width, HeadDim = 64, Heads = width / 64, KvHeads = width / 64 });
        Assert.True(ranges.Widths.Min() < width && ranges.Widths.Max() > width);
        Assert.Contains(width, ranges.Widths);
        Assert.All(ranges.Widths, each => Assert.Equal(0, each % 64));
    }
}
