using SlmPlanner.Core.Economics.Cost;
using SlmPlanner.Core.Economics.Risk;
using SlmPlanner.Data.Economics;

namespace SlmPlanner.Tests.Risk;

public sealed class SpotPolicyTests
{
    private const double SpotUsd = 30;
    private static readonly RunModel Model = new(RiskProfileFile.Read(Repository.Profiles).Assumptions
        with { InterruptionsPerNodeHour = 0.2 });

    /// <summary>Some forty hours of work on two machines.</summary>
    private static readonly RunDemand Run = new()
    {
        StepSeconds = 1.4, Steps = 100_000, Nodes = 2, UsdPerHour = 80, Checkpoint = new(12e9),
    };

    private static readonly SpotPolicy Policy = new(Model);

    /// <summary>The two pure ways are the closed form of the run model.</summary>
    [Fact]
    public void The_pure_ways_cost_and_take_what_the_closed_form_says()
    {
        var estimate = Policy.Estimate(Run, SpotUsd, 0, 100, seed: 3);
        var (spot, steady) = (Model.Expect(Run with { Spot = true, UsdPerHour = SpotUsd }), Model.Expect(Run));
        Near(spot.CostUsd, estimate.AlwaysSpot.CostUsdExpected);
        Near(spot.Hours, estimate.AlwaysSpot.HoursExpected);
        Near(steady.CostUsd, estimate.AlwaysOnDemand.CostUsdExpected);
        Near(steady.Hours, estimate.AlwaysOnDemand.HoursExpected);
    }

    [Fact]
    public void Without_a_deadline_in_sight_the_policy_is_always_spot()
    {
        var far = Policy.Estimate(Run, SpotUsd, 0.1, 10_000, 3);
        Assert.Equal(far.AlwaysSpot, far.Switching);
    }

    [Fact]
    public void Without_slack_the_policy_is_always_on_demand()
    {
        var tight = Policy.Estimate(Run, SpotUsd, 0, Model.Expect(Run).Hours, 3);
        Assert.Equal(0, tight.Switching.SpotShare);
        Near(tight.AlwaysOnDemand.CostUsdExpected, tight.Switching.CostUsdExpected);
    }

    /// <summary>Six hours of slack: the policy keeps nearly the spot's price and hardly ever misses, where spot alone does.</summary>
    [Fact]
    public void Between_the_two_it_costs_less_than_on_demand_and_is_late_far_less_often_than_spot()
    {
        var estimate = Policy.Estimate(Run, SpotUsd, 0, Model.Expect(Run).Hours + 6, 3);
        Assert.True(estimate.Switching.CostUsdExpected < 0.9 * estimate.AlwaysOnDemand.CostUsdExpected);
        Assert.True(estimate.AlwaysSpot.LateProbability > 0.2);
        Assert.True(estimate.Switching.LateProbability < 0.03);
        Assert.InRange(estimate.Switching.SpotShare, 0.05, 0.999);
    }

    [Fact]
    public void More_slack_never_costs_more_nor_makes_it_later()
    {
        var estimates = new double[] { 1, 3, 6, 12,
            40 }.Select(slack => Policy.Estimate(Run, SpotUsd, 0, Model.Expect(Run).Hours + slack, 3)).ToList();
        Assert.All(estimates.Zip(estimates.Skip(1)), pair =>
        {
            Assert.True(pair.Second.Switching.CostUsdExpected <= 1.02 * pair.First.Switching.CostUsdExpected);
            Assert.True(pair.Second.Switching.LateProbability <= pair.First.Switching.LateProbability + 0.02);
        });
    }

    private static void Near(double expected, double actual) => Assert.Equal(expected, actual, 0.02 * expected);
}
