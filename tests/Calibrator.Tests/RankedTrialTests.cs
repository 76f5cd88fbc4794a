using SlmPlanner.Calibrator.Machine;
using SlmPlanner.Calibrator.Proof;
using SlmPlanner.Data.Measurements.Bursts;

namespace SlmPlanner.Calibrator.Tests;

public class RankedTrialTests
{
    [Fact]
    public void A_winner_that_was_predicted_and_measured_is_a_hit()
    {
        var trial = Trial((1, 10), (2, 20), (3, 30));
        Assert.Equal(BurstParallelism.Ddp, trial.PredictedWinner);
        Assert.Equal(BurstParallelism.Ddp, trial.MeasuredWinner);
        Assert.True(trial.Hit);
    }

    [Theory]
    [InlineData(10.29, true)]
    [InlineData(10.31, false)]
    public void Another_winner_is_a_hit_only_within_three_per_cent(double measured, bool hit)
    {
        var trial = Trial((1, measured), (2, 10), (3, 30));
        Assert.Equal(BurstParallelism.Zero2, trial.MeasuredWinner);
        Assert.Equal(hit, trial.Hit);
    }

    [Fact]
    public void Races_that_name_different_winners_do_not_confirm_each_other()
    {
        var trial = Trial((1, 10), (2, 10), (3, 30));
        Assert.Null(trial.SelfHits);
        Assert.Equal(0, (trial with { Races = [[10, 11, 30], [11, 10, 30]] }).SelfHits);
        Assert.Equal(1, (trial with { Races = [[10, 10.2, 30], [11, 10, 30]] }).SelfHits);
        Assert.Equal(2, (trial with { Races = [[10, 11, 30], [20, 22, 60], [10.5, 10.4, 30], [11, 12, 33]] }).SelfHits);
    }

    [Fact]
    public void A_slow_race_moves_no_scheme_against_another()
    {
        var trial = RankedTrial.Of(Trial((1, 1), (2, 1), (3, 1)).Schemes, [[10, 11, 12], [10, 11, 12], [30, 33, 36]]);
        Assert.Equal([10, 11, 12], trial.Schemes.Select(burst => Math.Round(burst.MeasuredSeconds, 9)));
    }

    [Fact]
    public void Always_the_same_scheme_is_judged_as_a_prediction_is()
    {
        var trial = Trial((1, 10.2), (2, 10), (3, 11));
        Assert.True(trial.HitOf(BurstParallelism.Ddp));
        Assert.True(trial.HitOf(BurstParallelism.Zero2));
        Assert.False(trial.HitOf(BurstParallelism.FsdpFull));
    }

    [Fact]
    public void A_missed_winner_loses_what_it_is_slower() => Assert.Equal(0.5, Trial((1, 15), (2, 10), (3, 30)).Loss, 9);

    private static RankedTrial Trial(params (double Predicted, double Measured)[] schemes) => new(
    [
        .. schemes.Zip([BurstParallelism.Ddp, BurstParallelism.Zero2, BurstParallelism.FsdpFull], (step, scheme) =>
            new ProvedBurst(Specs.Small with { Parallelism = scheme }, step.Predicted, step.Measured, 0.1, 0)),
    ]);
}
