using SlmPlanner.Calibrator.Machine;
using SlmPlanner.Calibrator.Proof;
using SlmPlanner.Core.Units;

namespace SlmPlanner.Calibrator.Tests;

public class MachineScoreTests
{
    [Fact]
    public void Errors_are_shares_of_all_measurements_as_one()
    {
        var score = new MachineScore([Trial(predicted: 1.1, measured: 1, again: 1.21), Trial(predicted: 0.8, measured: 1, again: null)]);
        Assert.Equal((0 + 0.2) / 2, score.StepError, 6);
        Assert.Equal((0.1 + 0.2) / 2, score.FirstError, 6);
        Assert.Equal(0.21, score.Repeatability!.Value, 6);
    }

    [Fact]
    public void The_median_of_several_measurements_counts()
    {
        var trial = new MachineTrial([Proved(1.2, 1, 1), Proved(1.2, 5, 1), Proved(1.2, 1.2, 1)], Bytes.FromGB(1), Bytes.FromGB(1));
        Assert.Equal(0, trial.Error, 9);
        Assert.Equal([4, -0.76], trial.Repeats.Select(difference => Math.Round(difference, 9)));
    }

    [Fact]
    public void At_one_pace_a_slow_moment_is_neither_an_error_nor_a_difference()
    {
        var score = new MachineScore([Trial(predicted: 1, measured: 1.1, again: 1.3, slowdown: 1.1, againSlowdown: 1.3)]);
        Assert.Equal(0, score.ErrorAtPace, 6);
        Assert.Equal(0, score.RepeatabilityAtPace!.Value, 6);
        Assert.True(score.StepError > 0.1);
    }

    [Fact]
    public void A_measured_step_is_covered_within_the_reach_of_the_spread()
    {
        Assert.True(Trial(predicted: 1.17, measured: 1, again: null).First.IsCovered);
        Assert.False(Trial(predicted: 1.19, measured: 1, again: null).First.IsCovered);
    }

    [Fact]
    public void The_best_of_ten_costs_what_it_is_slower_than_the_fastest()
    {
        MachineTrial[] trials = [.. Enumerable.Range(1, 10)
            .Select(index => Trial(predicted: index, measured: index == 1 ? 2 : index == 2 ? 1.5 : index, again: null))];
        Assert.Equal(1 - 1.5 / 2, new MachineScore(trials).BestOfTenLoss()!.Value, 6);
        Assert.Null(new MachineScore(trials[1..]).BestOfTenLoss());
    }

    [Fact]
    public void Memory_is_judged_where_a_process_s_own_costs_no_longer_matter()
    {
        Assert.Null(new MachineScore([Trial(1, 1, null, predictedGB: 0.8, measuredGB: 0.4)]).WorstMemoryError);
        Assert.Equal(0.1, new MachineScore([Trial(1, 1, null, predictedGB: 0.9, measuredGB: 1),
            Trial(1, 1, null, predictedGB: 1.05, measuredGB: 1)]).WorstMemoryError!.Value, 6);
    }

    private static MachineTrial Trial(double predicted, double measured, double? again, double predictedGB = 1, double measuredGB = 1,
        double slowdown = 1, double againSlowdown = 1) => new(
        [Proved(predicted, measured, slowdown), .. again is { } seconds ? [Proved(predicted, seconds, againSlowdown)]
            : Array.Empty<ProvedBurst>()],
        Bytes.FromGB(predictedGB), Bytes.FromGB(measuredGB));

    private static ProvedBurst Proved(double predicted, double measured, double slowdown) =>
        new(Specs.Small, predicted, measured, LogSpread: 0.1, MeasuredLogError: 0, slowdown);
}
