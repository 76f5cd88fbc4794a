using CsCheck;
using SlmPlanner.Core.Economics.Cost;
using SlmPlanner.Core.Economics.Risk;
using SlmPlanner.Core.Units;

namespace SlmPlanner.Tests.Risk;

public sealed class MonteCarloTests
{
    /// <summary>
    /// Where twelve stops are expected in all draws together, none is drawn once in 160,000 times; below that the draws' own error,
    /// which is nothing when none was drawn, bounds nothing.
    /// </summary>
    private const double RareStops = 12;

    /// <summary>Waiting, restarting and half a checkpoint interval, at most.</summary>
    private const double HoursOfStop = 1.3;

    private static readonly RunModel Model = new(new()
    {
        QueueSeconds = 900, StartUpSeconds = 600, CompileSeconds = 90, EvaluationShare = 0.01,
        CheckpointWrite = BytesPerSecond.FromGBPerSecond(1),
        FailuresPerNodeHour = 0.002, InterruptionsPerNodeHour = 0.05,
        RestartSeconds = 600, WaitAfterFailureSeconds = 600, WaitAfterInterruptionSeconds = 1800,
    });

    private static readonly RunDemand Run = new()
    {
        StepSeconds = 1.5, Steps = 60_000, Nodes = 2, UsdPerHour = 20, Checkpoint = Bytes.FromGB(12),
    };

    private static readonly Gen<RunDemand> Runs =
        Gen.Select(Gen.Double[0.2, 5], Gen.Double[1000, 100_000], Gen.Int[1, 8], Gen.Bool, Gen.Bool)
            .Select((step, steps, nodes, spot, compile) =>
                Run with { StepSeconds = step, Steps = steps, Nodes = nodes, Spot = spot, Compile = compile });

    /// <summary>The closed form is exact at a known step time, so only the draws' own error may separate the two.</summary>
    [Fact]
    public void At_a_known_step_time_the_mean_is_the_closed_form() => Runs.Sample(
        run =>
        {
            var drawn = MonteCarlo.Estimate(Model, run, 0, seed: 11, draws: 2000);
            var exact = Model.Expect(run);
            var rare = RareStops / 2000;
            return Math.Abs(drawn.Hours.Mean - exact.Hours) < 5 * drawn.Hours.MeanError + rare * HoursOfStop
                && Math.Abs(drawn.CostUsd.Mean - exact.CostUsd) < 5 * drawn.CostUsd.MeanError + rare * HoursOfStop * run.UsdPerHour
                && Math.Abs(drawn.Stops.Mean - exact.Stops) < 5 * drawn.Stops.MeanError + rare;
        },
        iter: 25);

    /// <summary>Oracle: the mean of a log-normal, e^(σ²/2).</summary>
    [Fact]
    public void Without_stops_the_mean_is_that_of_a_log_normal()
    {
        var calm = new RunModel(new());
        var drawn = MonteCarlo.Estimate(calm, Run, 0.3, seed: 3, draws: 20_000);
        Assert.Equal(25 * Math.Exp(0.3 * 0.3 / 2), drawn.Hours.Mean, 4 * drawn.Hours.MeanError);
    }

    /// <summary>Stops lengthen a run a little more than in proportion to its step time: two thousandths for that.</summary>
    [Fact]
    public void With_stops_and_an_uncertain_step_time_the_mean_is_the_expected_run() => Gen.Select(Runs, Gen.Double[0, 0.4]).Sample(
        (run, spread) =>
        {
            var drawn = MonteCarlo.Estimate(Model, run, spread, seed: 7, draws: 4000);
            var expected = Model.Expect(run, spread);
            var rareHours = RareStops / 4000 * HoursOfStop;
            return Math.Abs(drawn.Hours.Mean - expected.Hours) < 5 * drawn.Hours.MeanError + 0.002 * expected.Hours + rareHours
                && Math.Abs(drawn.CostUsd.Mean - expected.CostUsd) < 5 * drawn.CostUsd.MeanError + 0.002 * expected.CostUsd
                + rareHours * run.UsdPerHour;
        },
        iter: 20);

    [Fact]
    public void The_closed_forms_ninetieth_percentile_is_within_three_per_cent() =>
        Gen.Select(Runs, Gen.Double[0.03, 0.4]).Sample(
            (run, spread) =>
            {
                var drawn = MonteCarlo.Estimate(Model, run with { Steps = run.Steps + 20_000 }, spread, seed: 5, draws: 6000);
                var closed = Model.AtQuantile(run with { Steps = run.Steps + 20_000 }, spread, 1.2816);
                return Math.Abs(closed.Hours / drawn.Hours.Quantile(0.9) - 1) < 0.03;
            },
            iter: 15);

    /// <summary>Half of the stops wait a minute and half ten hours: about 20 stops in 100 hours of work.</summary>
    [Fact]
    public void The_spread_of_stops_is_that_of_the_draws()
    {
        var model = new RunModel(Model.Assumptions with
        {
            QueueSeconds = 0, FailuresPerNodeHour = 0.05, InterruptionsPerNodeHour = 0.05, RestartSeconds = 60,
            WaitAfterFailureSeconds = 60, WaitAfterInterruptionSeconds = 36_000,
        });
        var run = Run with { Steps = 240_000, Spot = true };
        var (expected, drawn) = (model.Expect(run), MonteCarlo.Estimate(model, run, 0, seed: 13, draws: 10_000));
        var deviation = drawn.Hours.MeanError * Math.Sqrt(drawn.Hours.Count);
        Assert.Equal(1, model.DelaySpread(run, expected) * expected.Hours / deviation, 0.04);
    }

    [Fact]
    public void The_same_seed_gives_the_same_numbers_and_another_seed_others()
    {
        double Cost(int seed) => MonteCarlo.Estimate(Model, Run, 0.2, seed, 200).CostUsd.Mean;
        Assert.Equal(Cost(1), Cost(1));
        Assert.NotEqual(Cost(1), Cost(2));
    }

    [Fact]
    public void The_probability_of_a_limit_inverts_its_quantile()
    {
        var hours = MonteCarlo.Estimate(Model, Run, 0.2, seed: 9, draws: 1000).Hours;
        Assert.Equal(0.9, hours.ProbabilityWithin(hours.Quantile(0.9)), 0.002);
        Assert.Equal(0, hours.ProbabilityWithin(0));
        Assert.Equal(1, hours.ProbabilityWithin(1e9));
    }

    [Fact]
    public void A_run_that_cannot_finish_is_infinite_and_ends()
    {
        var hopeless = new RunModel(Model.Assumptions with { RestartSeconds = 1e6 });
        var drawn = MonteCarlo.Estimate(hopeless, Run with { Spot = true, Nodes = 8 }, 0, seed: 1, draws: 1);
        Assert.Equal(double.PositiveInfinity, drawn.Hours.Mean);
        Assert.Equal(double.PositiveInfinity, drawn.CostUsd.Mean);
        Assert.Equal(double.PositiveInfinity, drawn.CostUsd.Quantile(0.5));
        Assert.Equal(1, drawn.NeverFinishing);
    }

    /// <summary>
    /// A restart of 20,000 s at one stop in 2,000 s succeeds once in e^10 = 22,026 tries, and each segment needs one: finite in a
    /// double's range, but not within <see cref="RunModel.MostStops"/>.
    /// </summary>
    [Fact]
    public void The_closed_form_and_the_draws_agree_on_what_never_finishes()
    {
        var model = new RunModel(new() { InterruptionsPerNodeHour = 1.8, RestartSeconds = 20_000,
            CheckpointWrite = BytesPerSecond.FromGBPerSecond(1) });
        var run = Run with { Spot = true, Nodes = 1, UsdPerHour = 0 };
        Assert.Equal(double.PositiveInfinity, model.Expect(run).WallSeconds);
        Assert.Equal(double.PositiveInfinity, model.Expect(run).CostUsd);
        Assert.Equal(1, MonteCarlo.Estimate(model, run, 0, seed: 1, draws: 2).NeverFinishing);
    }

    [Fact]
    public void A_draw_without_end_moves_quantiles_and_makes_none_of_them_not_a_number()
    {
        var hours = new Distribution([.. Enumerable.Range(1, 8).Select(i => (double)i), double.PositiveInfinity, double.PositiveInfinity]);
        Assert.Equal(5.5, hours.Quantile(0.5), 9);
        Assert.Equal(double.PositiveInfinity, hours.Quantile(0.95));
        Assert.Equal(double.PositiveInfinity, hours.MeanError);
        Assert.Equal(0.8, hours.ProbabilityWithin(1e300), 9);
        Assert.Equal(4.5, hours.Finite()!.Mean, 9);
        Assert.Null(new Distribution([double.PositiveInfinity]).Finite());
    }
}
