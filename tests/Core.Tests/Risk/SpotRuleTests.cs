using CsCheck;
using SlmPlanner.Core.Economics.Cost;
using SlmPlanner.Core.Economics.Risk;
using SlmPlanner.Core.Units;

namespace SlmPlanner.Tests.Risk;

public sealed class SpotRuleTests
{
    private static readonly SpotRule Rule = new(new(new()
    {
        CheckpointWrite = BytesPerSecond.FromGBPerSecond(1),
        InterruptionsPerNodeHour = 0.05, RestartSeconds = 600, WaitAfterInterruptionSeconds = 1800,
    }));

    private static readonly RunDemand Run = new()
    {
        StepSeconds = 1, Steps = 360_000, Nodes = 1, UsdPerHour = 10, Checkpoint = Bytes.FromGB(12),
    };

    [Fact]
    public void Spot_at_half_price_is_taken_when_time_does_not_matter()
    {
        var choice = Rule.Choose(Run, 5, 0.1, new(null, null, 0.9));
        Assert.True(choice.Spot && choice.Feasible);
    }

    [Fact]
    public void Spot_at_the_on_demand_price_is_never_taken() => Assert.False(Rule.Choose(Run, 10, 0.1, new(null, null, 0.9)).Spot);

    [Fact]
    public void A_deadline_that_only_steady_machines_keep_decides_for_them()
    {
        var choice = Rule.Choose(Run, 5, 0.01, new(null, 102, 0.9));
        Assert.False(choice.Spot);
        Assert.Equal((true, false), (choice.OnDemand.Kept, choice.Interruptible.Kept));
    }

    [Fact]
    public void A_budget_that_only_spot_keeps_decides_for_spot() => Assert.True(Rule.Choose(Run, 5, 0.01, new(700, null, 0.9)).Spot);

    [Fact]
    public void Who_asks_for_the_least_time_gets_the_sooner_of_two_that_keep_the_limits()
    {
        Assert.True(Rule.Choose(Run, 5, 0.1, new(null, null, 0.9)).Spot);
        Assert.False(Rule.Choose(Run, 5, 0.1, new(null, null, 0.9), soonest: true).Spot);
    }

    [Fact]
    public void A_cheaper_spot_price_never_turns_spot_down() =>
        Gen.Select(Gen.Double[1, 10], Gen.Double[0.1, 1], Gen.Double[500, 2000]).Sample((price, factor, budget) =>
        {
            var limits = new RunLimits(budget, null, 0.9);
            return !Rule.Choose(Run, price, 0.1, limits).Spot || Rule.Choose(Run, price * factor, 0.1, limits).Spot;
        });
}
