using SlmPlanner.Core.Economics.Cost;
using SlmPlanner.Core.Planning.Scheduling;
using SlmPlanner.Data.Profiles;

namespace SlmPlanner.Planner.Tests.Scheduling;

public sealed class FleetOffersTests
{
    private static readonly ProfileStore Store = ProfileStore.Open(SlmPlanner.Tests.Repository.Profiles);

    /// <summary>The cards' 600 GB/s are those of a bridge between two of them; eight share PCI Express 4.0.</summary>
    [Theory]
    [InlineData("A100-80GB-PCIe", 64.0)]
    [InlineData("A100-80GB-SXM", 600.0)]
    public void Own_cards_train_over_their_slot_and_own_modules_over_NVLink(string gpu, double gbS) =>
        Assert.All(Offers(new(gpu, 1, 8)), offer => Assert.Equal(gbS, offer.Link!.IntraNodeGbS));

    [Theory]
    [InlineData(8, new[] { 1, 2, 3, 4, 5, 6, 7, 8 })]
    [InlineData(3, new[] { 1, 2, 3 })]
    [InlineData(10, new[] { 1, 2, 4, 8, 10 })]
    public void A_machine_is_used_in_parts_and_whole(int gpusPerNode, int[] expected) =>
        Assert.Equal(expected, Offers(new("RTX4090", 2, gpusPerNode)).Select(offer => offer.GpusPerNode));

    private static IReadOnlyList<Offer> Offers(Fleet fleet) =>
        FleetOffers.Of(fleet, Store.Devices.Find(fleet.Gpu), 100, 1, new(2026, 11, 24));
}
