using CsCheck;
using SlmPlanner.Calibrator.Matrix;

namespace SlmPlanner.Calibrator.Tests;

public class RankingStopTests
{
    [Fact]
    public void Kendalls_tau_is_one_for_the_same_order_and_minus_one_for_the_reverse() => Gen.Double[1, 100].Array[2, 20].Sample(values =>
    {
        var distinct = values.Distinct().ToArray();
        if (distinct.Length < 2)
            return;
        Assert.Equal(1, RankingStop.KendallTau(distinct, [.. distinct.Select(value => Math.Log(value))]), 1e-12);
        Assert.Equal(-1, RankingStop.KendallTau(distinct, [.. distinct.Select(value => -value)]), 1e-12);
    });

    [Fact]
    public void One_swapped_pair_of_six_costs_two_sixths() =>
        Assert.Equal((5.0 - 1) / 6, RankingStop.KendallTau([1, 2, 3, 4], [1, 3, 2, 4]), 1e-12);

    [Fact]
    public void A_run_ends_after_three_fits_that_rank_alike()
    {
        var stop = new RankingStop();
        Assert.Equal([false, false, false, true], Enumerable.Range(0, 4).Select(_ => stop.IsSettled([1, 2, 3, 4], 0.02)));
    }

    [Fact]
    public void An_unsure_model_is_never_settled()
    {
        var stop = new RankingStop();
        Assert.DoesNotContain(true, Enumerable.Range(0, 10).Select(_ => stop.IsSettled([1, 2, 3, 4], 0.2)));
    }

    [Fact]
    public void A_changed_ranking_starts_the_count_again()
    {
        var stop = new RankingStop();
        double[][] fits = [[1, 2, 3, 4], [1, 2, 3, 4], [4, 3, 2, 1], [4, 3, 2, 1], [4, 3, 2, 1]];
        Assert.DoesNotContain(true, fits.Select(fit => stop.IsSettled(fit, 0.01)));
    }
}
