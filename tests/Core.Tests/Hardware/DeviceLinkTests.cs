using SlmPlanner.Core.Communication;
using SlmPlanner.Core.Hardware;
using SlmPlanner.Data.Profiles;
using SlmPlanner.Tests.Loss;

namespace SlmPlanner.Tests.Hardware;

public sealed class DeviceLinkTests
{
    private static readonly ProfileStore Store = ProfileStore.Open(RepositoryProfiles.Folder);

    /// <summary>A100 cards: 600 GB/s is a bridge between two; eight reach one another by PCI Express 4.0, 64 GB/s.</summary>
    [Theory]
    [InlineData("A100-80GB-PCIe", 64.0)]
    [InlineData("A100-80GB-SXM", 600.0)]
    [InlineData("H100-SXM", 900.0)]
    [InlineData("RTX4090", 64.0)]
    public void A_module_has_its_NVLink_and_a_card_its_slot(string name, double gbS)
    {
        var device = Store.Devices.Find(name);
        Assert.Equal(gbS, device.MachineGbS());
        Assert.Equal(gbS, Store.Networks.Link("nobody", "nothing", device).IntraNodeGbS);
        Assert.Equal(gbS / 2 * 1e9, LinkRates.Of(null, device).IntraBytes);
    }

    [Fact]
    public void Where_neither_is_known_the_rate_is_not_known() =>
        Assert.Null((Store.Devices.Find("RTX4090") with { PcieGen = null }).MachineGbS());
}
