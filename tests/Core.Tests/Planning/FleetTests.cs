using SlmPlanner.Core;
using SlmPlanner.Core.Planning.Scheduling;

namespace SlmPlanner.Tests.Planning;

public sealed class FleetTests
{
    [Fact]
    public void A_fleet_is_devices_in_machines() => Assert.Equal(new Fleet("A100-80GB", 2, 8), Fleet.Parse("16xA100-80GB", 8));

    [Fact]
    public void A_few_devices_are_one_machine() => Assert.Equal(new Fleet("RTX4090", 1, 3), Fleet.Parse(" 3 x RTX4090 ", 8));

    [Theory]
    [InlineData("A100", "expected COUNTxGPU")]
    [InlineData("0xA100", "expected COUNTxGPU")]
    [InlineData("99999xA100", "expected COUNTxGPU")]
    [InlineData("12xA100", "--fleet: 12 devices do not fill machines of 8")]
    public void Anything_else_is_refused(string text, string expected) =>
        Assert.Contains(expected, Assert.Throws<InputException>(() => Fleet.Parse(text, 8)).Message);
}
