using CsCheck;
using SlmPlanner.Core.Economics.Cost;
using SlmPlanner.Core.Economics.Risk;
using SlmPlanner.Core.Planning;
using SlmPlanner.Core.Planning.Answers;
using SlmPlanner.Core.Planning.Forecasts;
using SlmPlanner.Core.Planning.Requests;
using SlmPlanner.Core.Planning.Results;
using SlmPlanner.Tests.Planning;

namespace SlmPlanner.Tests.Cost;

public sealed class CommitmentTests
{
    private static readonly PlanRequest Request = PlanningWorld.Request(PlanningWorld.Shape(12, 768, 12), 5e9)
        with { DeadlineHours = 5000 };

    private static readonly Offer Machine = PlanningWorld.Offer("Mid-40GB", 8, 2);

    [Fact]
    public void A_term_is_paid_whole_and_a_longer_run_pays_another()
    {
        var rule = default(BillingRule).WithTerm(1);
        Assert.Equal(BillingRule.HoursPerMonth * 3600, rule.Billed(10));
        Assert.Equal(2 * BillingRule.HoursPerMonth * 3600, rule.Billed(BillingRule.HoursPerMonth * 3600 + 1));
        Assert.Equal(new BillingRule(60, 60), new BillingRule(60, 60).WithTerm(null));
    }

    [Fact]
    public void A_short_run_on_reserved_machines_costs_the_whole_term()
    {
        var plan = Plan(Machine with { TermMonths = 2 })!;
        Assert.True(plan.Hours < 2 * BillingRule.HoursPerMonth);
        Assert.Equal(16 * 2 * BillingRule.HoursPerMonth, plan.CostUsd, 6);
        Assert.Equal(2, plan.TermMonths);
    }

    [Fact]
    public void Storage_and_egress_add_what_their_prices_say()
    {
        var (plain, priced) = (Plan(Machine)!, Plan(Machine with { StorageUsdPerGibMonth = 0.1, EgressUsdPerGib = 0.08 })!);
        var gib = 1L << 30;
        var checkpoint = plain.ModelParameters * 12.0;
        var stored = (2 * checkpoint + 2 * 5e9) / gib;
        Assert.Equal(plain.Hours, priced.Hours, 9);
        Assert.Equal(stored * 0.1 / BillingRule.HoursPerMonth, priced.StorageUsdPerHour, 9);
        Assert.Equal(checkpoint / gib * 0.08, priced.EgressUsd, 9);
        Assert.Equal(plain.CostUsd + priced.FeesUsd, priced.CostUsd, 9);
    }

    [Fact]
    public void Drawn_runs_pay_terms_storage_and_egress_as_the_closed_form_does() =>
        Gen.Select(Gen.Double[0, 3], Gen.Double[0, 50]).Sample((storage, egress) =>
        {
            var run = new RunDemand
            {
                StepSeconds = 1, Steps = 1e5, Nodes = 1, UsdPerHour = 7, Checkpoint = new(1e9), StorageUsdPerHour = storage,
                    EgressUsd = egress,
                Billing = default(BillingRule).WithTerm(0.1),
            };
            var model = new RunModel(PlanningWorld.Risk.Assumptions with { FailuresPerNodeHour = 0 });
            var drawn = new RunSimulation(model).Draw(run, 0, new Random(1));
            return Math.Abs(drawn.CostUsd - model.Expect(run).CostUsd) < 1e-6;
        }, iter: 50);

    [Fact]
    public void At_the_break_even_price_storage_and_egress_are_still_paid()
    {
        var (rival, winner) = (Plan(Machine with { StorageUsdPerGibMonth = 5, EgressUsdPerGib = 1 })!,
            Plan(PlanningWorld.Offer("New-80GB", 8, 1))!);
        var entry = Assert.Single(BreakEvenPrices.Against(winner, [rival], null));
        var repriced = Plan(PlanningWorld.Offer("Mid-40GB", 8, entry.BreakEvenUsdPerGpuHour)
            with { StorageUsdPerGibMonth = 5, EgressUsdPerGib = 1 })!;
        Assert.Equal(winner.CostUsd, repriced.CostUsd, 6);
    }

    [Fact]
    public void No_more_machines_are_planned_than_there_are()
    {
        var joined = PlanningWorld.Offer("Mid-40GB", 8, 2, networkGbitS: 400);
        var fastest = Request with { Objective = Objective.Time };
        Assert.True(new Core.Planning.Planner(PlanningWorld.Inputs(joined)).Plan(fastest).Recommendation!.Gpus > 16);
        Assert.Equal(16, new Core.Planning.Planner(PlanningWorld.Inputs(joined with { Stock = 2 })).Plan(fastest).Recommendation!.Gpus);
    }

    /// <summary>Oracle: 1,800 USD over 3 years half in use is 0.1369 USD/h; 450 W × 1.95 at 0.25 USD/kWh is 0.2194.</summary>
    [Fact]
    public void An_own_device_costs_its_price_over_the_hours_in_use_and_its_power() =>
        Assert.Equal(0.1369 + 0.2194, new OwnCost { PriceUsd = 1800, Watts = 450 }.UsdPerGpuHour, 3);

    [Fact]
    public void Own_machines_are_set_against_those_for_rent()
    {
        var plan = new Core.Planning.Planner(PlanningWorld.Inputs(Machine,
            Machine with { Provider = "own", Owned = true, OnDemandUsdPerHour = 1 })).Plan(Request);
        Assert.Equal("own", plan.Recommendation!.Provider);
        var both = Assert.Single(plan.Findings.OfType<OwnOrRented>());
        Assert.Equal(("own", Machine.Provider), (both.Own.Machines.Provider, both.Rented.Machines.Provider));
        Assert.True(both.Own.CostUsd < both.Rented.CostUsd);
    }

    private static Candidate? Plan(Offer offer) => new Core.Planning.Planner(PlanningWorld.Inputs(offer)).Plan(Request).Recommendation;
}
