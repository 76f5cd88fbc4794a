using SlmPlanner.Core.Economics.Energy;
using SlmPlanner.Data.Economics;
using SlmPlanner.Tests.Loss;

namespace SlmPlanner.Tests.Energy;

public sealed class EnergyModelTests
{
    private static readonly EnergyModel Model = EnergyFile.Read(RepositoryProfiles.Folder);

    /// <summary>8 × 400 W × 1.5 × 1.3 × 10 h, put together by hand from the file's constants.</summary>
    [Fact]
    public void Eight_devices_at_full_power_for_ten_hours_take_62_kWh() =>
        Assert.Equal(62.4, Model.Estimate(8, 400, 0.6, 10, "aws", "us-east-1").Kwh, 9);

    [Fact]
    public void A_waiting_device_draws_its_idle_share() => Assert.Equal(100, Model.Estimate(1, 400, 0, 1, "aws", "us-east-1").MeanWatts, 9);

    [Fact]
    public void The_same_run_emits_less_on_a_cleaner_grid()
    {
        double? Kg(string region) => Model.Estimate(8, 400, 0.4, 10, "aws", region).KgCo2;
        Assert.True(Kg("eu-north-1") < Kg("us-east-1"));
    }

    [Fact]
    public void An_unknown_region_has_energy_and_no_carbon()
    {
        var estimate = Model.Estimate(1, 400, 0.4, 1, "runpod", "any");
        Assert.True(estimate.Kwh > 0);
        Assert.Null(estimate.KgCo2);
        Assert.Null(Assert.IsType<PowerBasis>(estimate.Basis).Grid);
    }
}
