using CsCheck;
using SlmPlanner.Core.Economics.Cost;
using SlmPlanner.Core.Units;

namespace SlmPlanner.Tests.Cost;

public sealed class RunModelTests
{
    private static readonly RunDemand Run = new()
    {
        StepSeconds = 2, Steps = 50_000, Nodes = 1, UsdPerHour = 10, Checkpoint = Bytes.FromGB(12),
    };

    private static readonly RunAssumptions Rough = new()
    {
        StartUpSeconds = 600, CompileSeconds = 90, EvaluationShare = 0.01,
        CheckpointWrite = BytesPerSecond.FromGBPerSecond(1),
        FailuresPerNodeHour = 0.001, InterruptionsPerNodeHour = 0.05,
        RestartSeconds = 600, WaitAfterFailureSeconds = 600, WaitAfterInterruptionSeconds = 1800,
    };

    private static readonly Gen<RunDemand> Runs =
        Gen.Select(Gen.Double[0.05, 30], Gen.Double[10, 200_000], Gen.Int[1, 16], Gen.Double[1, 200], Gen.Bool)
            .Select((step, steps, nodes, price, spot) => Run with
            {
                StepSeconds = step, Steps = steps, Nodes = nodes, UsdPerHour = price, Spot = spot,
            });

    [Theory]
    [InlineData(1e-12, 1.0000000000005e-12)]
    [InlineData(1e-6, 1.0000005000001667e-6)]
    [InlineData(0.01, 0.010050167084168058)]
    [InlineData(0.1, 0.10517091807564763)]
    [InlineData(0.5, 0.6487212707001282)]
    [InlineData(1, 1.718281828459045)]
    [InlineData(50, 5.184705528587072e21)]
    public void The_exponential_less_one_keeps_its_digits_near_zero(double x, double expected) =>
        Assert.Equal(1, RunModel.ExpMinusOne(x) / expected, 1e-14);

    /// <summary>Nothing less nothing is nothing, and what has no number has none.</summary>
    [Theory]
    [InlineData(0, 0)]
    [InlineData(800, double.PositiveInfinity)]
    public void The_exponential_less_one_has_ends(double x, double expected) => Assert.Equal(expected, RunModel.ExpMinusOne(x));

    /// <summary>Checkpoints that cost nothing are written every second: 2.5 s of work are three segments, none is still one.</summary>
    [Theory]
    [InlineData(2.5, 3)]
    [InlineData(0, 1)]
    public void Free_checkpoints_are_written_every_second(double work, double segments) =>
        Assert.Equal(segments, RunModel.Segments(work, CheckpointInterval.Seconds(writeSeconds: 0, stopsPerSecond: 1e-4)));

    /// <summary>
    /// By hand: 3,600 s of work on one spot machine that fails 0.1 and is interrupted 0.3 times an hour, λ = 1/9000 a second; a checkpoint
    /// takes 12 s, Daly's interval is √(2·12·9000)·(1 + r/3 + r²/9) − 12 with r = √(12/18000) = 0.0258199: 464.7580·1.0086807 − 12 =
    /// 456.7924 s, so that there are 8 segments of 450 + 12 s. A restart takes 600 + 90 s compiling: training is
    /// 8·e^(690/9000)·(e^(462/9000) − 1)·9000, and stops are λ times that; a quarter of them are failures of 600 s more, billed, the rest
    /// wait 1,800 s, not billed. The machine starts for 600 + 90 s.
    /// </summary>
    [Fact]
    public void Stops_cost_what_they_cost_by_hand()
    {
        var model = new RunModel(
            Rough with { EvaluationShare = 0, FailuresPerNodeHour = 0.1, InterruptionsPerNodeHour = 0.3, QueueSeconds = 50 });
        var run = model.Expect(Run with { Steps = 1800, Spot = true, Compile = true });
        var training = 8 * Math.Exp(690 / 9000.0) * (Math.Exp(462 / 9000.0) - 1) * 9000;
        Assert.Equal(8, run.Checkpoints);
        Assert.Equal(training / 9000, run.Stops, 1e-9);
        Assert.Equal(690 + training + training / 9000 / 4 * 600, run.BilledSeconds, 1e-6);
        Assert.Equal(run.BilledSeconds + 50 + training / 9000 * 3 / 4 * 1800, run.WallSeconds, 1e-6);
    }

    /// <summary>
    /// A stop every tenth of a second: a second of work has ten segments of 0.1 + 12 s, each of which gets through once in e^121 tries.
    /// That is a finite number and more than 100,000. The queue of 5 s still is five times the work.
    /// </summary>
    [Fact]
    public void A_run_that_hardly_ever_gets_through_never_ends()
    {
        var model = new RunModel(
            new() { FailuresPerNodeHour = 36_000, CheckpointWrite = BytesPerSecond.FromGBPerSecond(1), QueueSeconds = 5 });
        var demand = Run with { StepSeconds = 0.01, Steps = 100 };
        var run = model.Expect(demand);
        Assert.Equal(double.PositiveInfinity, run.WallSeconds);
        Assert.Equal(1 / run.Checkpoints, run.CheckpointIntervalSeconds, 1e-12);
        Assert.Equal(5, model.DelaySpread(demand, run), 1e-12);
    }

    /// <summary>
    /// Four stops of a run of 10,000 s wall, segments of 988 + 12 s, restarts of 600 s: half the stops wait 600 s and half 1,800 s on
    /// average, E[W] = 1200 and E[W²] = 3.6e6. E[c²] = 3.6e6 + 0.36e6 + 2·600·1200 + 1800·1000 + 1e6/3 = 7,533,333.3; the square of the
    /// share is 4·7,533,333.3/1e8 = 0.3013333, that of a queue of 800 s of 8,000 s of steps 0.01.
    /// </summary>
    [Fact]
    public void Delays_spread_as_by_hand()
    {
        var model = new RunModel(Rough with { FailuresPerNodeHour = 0.05, QueueSeconds = 800 });
        var expected = new RunEstimate(10_000, 9000, 25, 988, 8, 4, 8000);
        var run = Run with { Steps = 4000, Spot = true };
        Assert.Equal(Math.Sqrt(0.3113333333), model.DelaySpread(run, expected), 1e-9);
        Assert.Equal(0.1, model.DelaySpread(run, expected with { Stops = 0 }), 1e-12);
        Assert.Equal(0, model.DelaySpread(run with { Steps = 0 }, expected with { Stops = 0 }));
    }

    [Fact]
    public void When_nothing_goes_wrong_a_run_is_its_steps()
    {
        var estimate = new RunModel(new()).Expect(Run);
        Assert.Equal(100_000, estimate.WallSeconds, 6);
        Assert.Equal(100_000 / 3600.0 * 10, estimate.CostUsd, 6);
        Assert.Equal(0, estimate.OverheadShare, 9);
    }

    [Fact]
    public void Start_up_compilation_and_evaluation_add_up()
    {
        var calm = Rough with { FailuresPerNodeHour = 0 };
        var estimate = new RunModel(calm).Expect(Run with { Compile = true });
        Assert.Equal(600 + 90 + 101_000 + 12, estimate.WallSeconds, 6);
        Assert.Equal(1, estimate.Checkpoints);
    }

    [Fact]
    public void Failures_grow_with_the_number_of_machines()
    {
        var model = new RunModel(Rough);
        var one = model.Expect(Run);
        var sixteen = model.Expect(Run with { Nodes = 16 });
        Assert.InRange(sixteen.Stops / one.Stops, 15.9, 17);
        Assert.True(sixteen.WallSeconds > one.WallSeconds);
    }

    [Fact]
    public void Waiting_for_spot_capacity_takes_time_and_no_money()
    {
        var quick = new RunModel(Rough with { WaitAfterInterruptionSeconds = 0 }).Expect(Run with { Spot = true });
        var slow = new RunModel(Rough).Expect(Run with { Spot = true });
        Assert.True(slow.WallSeconds > quick.WallSeconds);
        Assert.Equal(quick.CostUsd, slow.CostUsd, 9);
    }

    [Fact]
    public void More_steps_slower_steps_and_more_stops_never_cost_less() => Runs.Sample(run =>
    {
        var model = new RunModel(Rough);
        var cost = model.Expect(run).CostUsd;
        return model.Expect(run with { Steps = run.Steps * 1.3 }).CostUsd >= cost
            && model.Expect(run with { StepSeconds = run.StepSeconds * 1.3 }).CostUsd >= cost
            && model.Expect(run with { Spot = true }).CostUsd >= cost;
    });

    [Fact]
    public void Estimates_are_finite_and_the_bill_is_no_longer_than_the_wall_time() => Runs.Sample(run =>
    {
        var estimate = new RunModel(Rough).Expect(run);
        return double.IsFinite(estimate.CostUsd) && estimate.BilledSeconds <= estimate.WallSeconds + 1e-6
            && estimate.WorkSeconds < estimate.WallSeconds && estimate.Checkpoints >= 1;
    });

    [Fact]
    public void Quantiles_are_ordered_and_the_median_without_stops_is_the_estimate() =>
        Gen.Select(Runs, Gen.Double[0.01, 0.5]).Sample((run, spread) =>
        {
            var model = new RunModel(Rough);
            return model.AtQuantile(run, spread, -1.28).WallSeconds < model.AtQuantile(run, spread, 0).WallSeconds
                && model.AtQuantile(run, spread, 0).WallSeconds < model.AtQuantile(run, spread, 1.28).WallSeconds
                && Math.Abs(model.AtQuantile(run, spread, 0).WallSeconds - model.Expect(run).WallSeconds) < 1e-6;
        });

    /// <summary>
    /// By hand: 4 stops in 100,000 s, a quarter of them failures; segments of 3,000 s, a restart of 600 s, waits of 600 s and
    /// 3,000 s. E[W] = 150 + 2,250 = 2,400; E[W²] = 2 (90,000 + 6,750,000) = 13,680,000; E[c²] = 13,680,000 + 360,000 + 2,880,000
    /// + 3,000 · 3,000 + 3,000,000 = 28,920,000; √(4 · 28,920,000) = 10,755.46 s.
    /// </summary>
    [Fact]
    public void The_spread_of_stops_counts_each_kind_of_wait_by_itself()
    {
        var model = new RunModel(new()
        {
            FailuresPerNodeHour = 0.02, InterruptionsPerNodeHour = 0.06, RestartSeconds = 600,
            WaitAfterFailureSeconds = 600, WaitAfterInterruptionSeconds = 3000,
        });
        var expected = new RunEstimate(100_000, 90_000, 0, CheckpointIntervalSeconds: 3000, 30, Stops: 4, 80_000);
        Assert.Equal(0.1075546, model.DelaySpread(Run with { Spot = true }, expected), 1e-6);
    }

    [Fact]
    public void A_run_that_never_finishes_a_segment_is_infinite_and_not_an_error() =>
        Assert.True(double.IsPositiveInfinity(new RunModel(Rough with { RestartSeconds = 1e9 })
            .Expect(Run with { Spot = true, Nodes = 64 }).WallSeconds));

    [Fact]
    public void Evaluating_a_run_allocates_nothing()
    {
        var model = new RunModel(Rough);
        var sum = model.AtQuantile(Run, 0.1, 1.28).CostUsd;
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
            sum += model.AtQuantile(Run with { Nodes = 1 + i % 8 }, 0.1, 1.28).CostUsd;
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.True(sum > 0);
    }
}
