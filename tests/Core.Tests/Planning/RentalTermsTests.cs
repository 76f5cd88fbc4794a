using SlmPlanner.Core.Economics.Renting;
using SlmPlanner.Core.Planning;
using SlmPlanner.Core.Planning.Answers;
using SlmPlanner.Core.Planning.Results;
using SlmPlanner.Core.Planning.Search;

namespace SlmPlanner.Tests.Planning;

/// <summary>Which machines are answers: what an account starts, after a request, by a contract, with a quota of one's own.</summary>
public sealed class RentalTermsTests
{
    private static readonly Core.Economics.Cost.Offer Machine = PlanningWorld.Offer("Mid-40GB", 8, 2, networkGbitS: 400);

    [Theory]
    [InlineData(1, true, false, WayToRent.OnDemand)]
    [InlineData(2, true, true, WayToRent.OnDemand)]
    [InlineData(3, false, false, WayToRent.Contract)]
    public void Beyond_what_an_account_starts_comes_a_request_and_then_a_contract(int nodes, bool rentable, bool request, WayToRent way)
    {
        var access = Terms(Rule() with { SelfServeGpus = 8, AfterRequestGpus = 16 }).To(Machine, spot: false, nodes)!;
        Assert.Equal((rentable, request, way), (access.Rentable, access.NeedsQuotaRequest, access.Way));
    }

    [Fact]
    public void A_contract_that_is_accepted_gives_any_number() =>
        Assert.True(Terms(Rule() with { SelfServeGpus = 8 }, [WayToRent.OnDemand, WayToRent.Contract]).To(Machine, false, 4)!.Rentable);

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, true)]
    [InlineData(8, true)]
    [InlineData(9, false)]
    public void Clusters_have_a_least_size_and_machines_a_most(int nodes, bool rentable) =>
        Assert.Equal(rentable, Terms(Rule() with { LeastGpus = 16, MostMachines = 8 }).To(Machine, false, nodes)!.Rentable);

    [Theory]
    [InlineData("ant", 16, null, null, 2, true)]
    [InlineData("ant", 16, null, null, 3, false)]
    [InlineData("ant", 3, "8x-Mid-40GB", null, 3, true)]
    [InlineData("ant", 3, "8x-Mid-40GB", null, 4, false)]
    [InlineData("ant", 8, null, "Mid-40GB", 2, false)]
    [InlineData("ant", 0, null, null, 1, false)]
    [InlineData("aws", 800, null, null, 2, false)]
    public void A_quota_takes_the_place_of_what_is_known(string provider, int count, string? instance, string? gpu, int nodes,
        bool rentable)
    {
        var terms = new RentalTerms(new(1, [Rule() with { SelfServeGpus = 8 }]), RentalTerms.Usual, [new(provider, count, instance, gpu)]);
        Assert.Equal(rentable, terms.To(Machine, spot: false, nodes)!.Rentable);
    }

    [Fact]
    public void The_narrowest_quota_holds()
    {
        var terms = new RentalTerms(new(1, [Rule()]), RentalTerms.Usual, [new("ant", 800), new("ant", 1, "8x-Mid-40GB")]);
        Assert.False(terms.To(Machine, spot: false, 2)!.Rentable);
    }

    [Fact]
    public void A_way_that_is_not_accepted_is_no_answer()
    {
        Assert.False(Terms(Rule(), [WayToRent.Spot]).To(Machine, spot: false, 1)!.Rentable);
        Assert.Null(Terms(Rule()).To(Machine with { Owned = true }, spot: false, 1));
    }

    [Fact]
    public void Patterns_end_with_a_star_and_the_first_entry_holds()
    {
        var profile = new AvailabilityProfile(1, [Rule() with { Instances = ["8x-*"], SelfServeGpus = 8 },
            Rule() with { SelfServeGpus = 80 }]);
        Assert.Equal(8, profile.RuleFor(Machine, spot: false)!.SelfServeGpus);
        Assert.Equal(80, profile.RuleFor(Machine with { InstanceType = "2x-other" }, spot: false)!.SelfServeGpus);
        Assert.Null(profile.RuleFor(Machine, spot: true));
    }

    [Fact]
    public void What_cannot_be_had_is_no_answer_and_is_told()
    {
        var request = PlanningWorld.Request(PlanningWorld.Shape(24, 1536, 16), 2e10) with
        {
            Objective = Core.Planning.Requests.Objective.Time, DeadlineHours = 5_000,
        };
        var inputs = PlanningWorld.Inputs(Machine) with { Availability = new(1, [Rule() with { SelfServeGpus = 8 }]) };
        var (plan, open) = (new Planner(inputs).Plan(request), new Planner(PlanningWorld.Inputs(Machine)).Plan(request));
        Assert.Equal(1, plan.Recommendation!.Nodes);
        Assert.True(open.Recommendation!.Nodes > 1);
        var told = Assert.Single(plan.Findings.OfType<OutOfReach>());
        Assert.Equal((open.Recommendation.Nodes, open.Recommendation.Hours), (told.Machines.Nodes, told.Hours));
        var rejected = plan.Rejected.Reasons.Single(reason => reason.Reason == Reason.NotRentable).Count;
        Assert.True(rejected > 0);
        Assert.Equal(open.Rejected.Evaluated, plan.Rejected.Evaluated);
    }

    /// <summary>Three hours of a machine of 16 USD/h that is booked for ten: 160 USD.</summary>
    [Fact]
    public void A_booking_is_paid_whole()
    {
        var request = PlanningWorld.Request(PlanningWorld.Shape(4, 256, 4), 1e8) with { DeadlineHours = 100 };
        var booked = new AvailabilityProfile(1, [Rule() with { Way = WayToRent.Reservation, LeastHours = 10 }]);
        var planner = new Planner(PlanningWorld.Inputs(Machine) with { Availability = booked });
        var plan = planner.Plan(request with { RentBy = [WayToRent.Reservation] });
        Assert.Equal(160 * plan.Recommendation!.Nodes, plan.Recommendation.CostUsd, 6);
    }

    /// <summary>A booking of two weeks for a run of an hour: an answer where it is accepted, else named with its terms.</summary>
    [Theory]
    [InlineData(null, false)]
    [InlineData(new[] { WayToRent.OnDemand }, false)]
    [InlineData(new[] { WayToRent.OnDemand, WayToRent.Reservation }, true)]
    public void A_booking_is_an_answer_only_where_it_is_asked_for(WayToRent[]? accepted, bool answers)
    {
        var request = PlanningWorld.Request(PlanningWorld.Shape(24, 1536, 16), 2e10) with
        {
            Objective = Core.Planning.Requests.Objective.Time, RentBy = accepted,
        };
        var inputs = PlanningWorld.Inputs(Machine, PlanningWorld.Offer("Mid-40GB", 1, 2));
        var booked = Rule() with { Instances = ["8x-*"], Way = WayToRent.Reservation, LeastHours = 336 };
        var plan = new Planner(inputs with { Availability = new(1, [booked, Rule()]) }).Plan(request);
        Assert.Equal(answers, plan.Recommendation!.InstanceType == "8x-Mid-40GB");
        Assert.Equal(answers, plan.Answers!.Any(answer => answer.Candidate.Access!.Way == WayToRent.Reservation));
        var told = plan.Findings.OfType<OutOfReach>().ToList();
        Assert.Equal(answers ? 0 : 1, told.Count);
        Assert.All(told, one => Assert.Equal((WayToRent.Reservation, 336), (one.Access.Way, one.Access.LeastHours)));
    }

    /// <summary>One better cluster that needs a booking and one that needs a contract: each is named.</summary>
    [Fact]
    public void Each_way_that_would_do_better_is_named_once()
    {
        var request = PlanningWorld.Request(PlanningWorld.Shape(24, 1536, 16), 2e10) with
        {
            Objective = Core.Planning.Requests.Objective.Time, DeadlineHours = 5_000,
        };
        var booked = Machine with { InstanceType = "8x-booked" };
        var inputs = PlanningWorld.Inputs(Machine, booked) with
        {
            Availability = new(1,
            [
                Rule() with { Instances = ["8x-booked"], Way = WayToRent.Reservation, LeastHours = 24 }, Rule() with { SelfServeGpus = 8 },
            ]),
        };
        var told = new Planner(inputs).Plan(request).Findings.OfType<OutOfReach>();
        Assert.Equal([WayToRent.Reservation, WayToRent.Contract], told.Select(one => one.Access.Way));
    }

    /// <summary>Clusters of at least 128 GPUs, of which at most 64 may be used: no way to rent them helps.</summary>
    [Fact]
    public void What_is_not_sold_in_that_number_is_not_named()
    {
        var request = PlanningWorld.Request(PlanningWorld.Shape(24, 1536, 16), 2e10) with
        {
            Objective = Core.Planning.Requests.Objective.Time, DeadlineHours = 5_000,
        };
        var clusters = Rule() with { Instances = ["8x-large"], Way = WayToRent.Reservation, LeastHours = 336, LeastGpus = 128 };
        var inputs = PlanningWorld.Inputs(Machine with { InstanceType = "8x-large" }, PlanningWorld.Offer("Mid-40GB", 1, 2));
        var plan = new Planner(inputs with { Availability = new(1, [clusters, Rule()]) }).Plan(request);
        Assert.Empty(plan.Findings.OfType<OutOfReach>());
        Assert.Equal("1x-Mid-40GB", plan.Recommendation!.InstanceType);
    }

    [Fact]
    public void An_assumed_network_joins_machines_and_is_told()
    {
        var single = PlanningWorld.Offer("Mid-40GB", 8, 2);
        var request = PlanningWorld.Request(PlanningWorld.Shape(24, 1536, 16), 2e10) with
        {
            Objective = Core.Planning.Requests.Objective.Time, DeadlineHours = 5_000,
        };
        var plan = new Planner(PlanningWorld.Inputs(single)).Plan(request with { AssumedNetworkGbitS = 1600 });
        Assert.True(plan.Recommendation!.Nodes > 1);
        Assert.Equal(1600, plan.Recommendation.AssumedNetworkGbitS);
        Assert.Single(plan.Findings.OfType<NetworkAssumed>());
        Assert.Equal(1, new Planner(PlanningWorld.Inputs(single)).Plan(request).Recommendation!.Nodes);
    }

    private static RentalTerms Terms(RentalRule rule, IReadOnlyCollection<WayToRent>? accepted = null) =>
        new(new(1, [rule]), accepted ?? RentalTerms.Usual, []);

    private static RentalRule Rule() => new()
    {
        Provider = "ant", Way = WayToRent.OnDemand, Source = "test", Date = "2026-11-24", Confidence = "A",
    };
}
