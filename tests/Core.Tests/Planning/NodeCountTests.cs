using SlmPlanner.Core.Economics.Cost;
using SlmPlanner.Core.Planning;
using SlmPlanner.Core.Planning.Requests;
using SlmPlanner.Core.Planning.Search;

namespace SlmPlanner.Tests.Planning;

public sealed class NodeCountTests
{
    private static readonly PlanRequest Request = PlanningWorld.Request(PlanningWorld.Shape(4, 256, 4), 1e9);
    private static readonly Offer Rented = PlanningWorld.Offer("New-80GB", 8, 2, networkGbitS: 400);

    [Theory]
    [InlineData(64, new[] { 1, 2, 4, 8 })]
    [InlineData(24, new[] { 1, 2, 3 })]
    [InlineData(100, new[] { 1, 2, 4, 8, 12 })]
    public void Machines_for_rent_double_up_to_the_most_allowed(int maxGpus, int[] expected) =>
        Assert.Equal(expected, Counts(Rented, Request with { MaxGpus = maxGpus }));

    [Theory]
    [InlineData(3, new[] { 1, 2, 3 })]
    [InlineData(6, new[] { 1, 2, 3, 4, 5, 6 })]
    [InlineData(20, new[] { 1, 2, 4, 8, 16, 20 })]
    public void Own_machines_are_used_in_any_number_or_doubled_and_whole(int stock, int[] expected) =>
        Assert.Equal(expected, Counts(Rented with { Owned = true, Stock = stock }, Request with { MaxGpus = 512 }));

    [Theory]
    [InlineData(24, new[] { 3 })]
    [InlineData(40, new[] { 5 })]
    [InlineData(20, new int[0])]
    public void An_exact_number_of_devices_is_reached_by_whole_machines(int gpus, int[] expected) =>
        Assert.Equal(expected, Counts(Rented, Request with { GpuCount = gpus }));

    /// <summary>A long run of large batches is shortest on all devices.</summary>
    [Fact]
    public void A_fleet_of_three_machines_is_planned_whole()
    {
        var inputs = PlanningWorld.Inputs(Rented with { Owned = true, Stock = 3 });
        var plan = new Core.Planning.Planner(inputs)
            .Plan(Request with { Objective = Objective.Time, Tokens = 1e12, GlobalBatchTokens = 3_145_728 });
        Assert.Equal(24, plan.Recommendation!.Gpus);
    }

    private static IEnumerable<int> Counts(Offer offer, PlanRequest request)
    {
        var inputs = PlanningWorld.Inputs(offer);
        return CandidateSpace.NodeCounts(request, Assert.Single(CandidateSpace.Of(request, inputs).Platforms));
    }
}
