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
