using SlmPlanner.Core;
using SlmPlanner.Core.Fitting;
using SlmPlanner.Core.Economics.Cost;
using SlmPlanner.Data.Offers;
using SlmPlanner.Data.Profiles;
using SlmPlanner.Planner.Configuration;
using SlmPlanner.Planner.Reporting;
using SlmPlanner.Planner.Scheduling;
using SlmPlanner.Tests;

namespace SlmPlanner.Planner.Tests.Compatibility;

public sealed class FirstVersionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void A_plan_is_read_whole_and_written_as_it_was()
    {
        var path = Version1.File("plan.json");
        Assert.Equal(File.ReadAllText(path), PlanJson.Write(PlanJson.ReadFile(path)));
    }

    [Fact]
    public void Prices_are_read()
    {
        var store = ProfileStore.Open(Repository.Profiles);
        var offers = OfferFiles.Read([Version1.File("offers.csv")], store.Devices, store.Networks).Offers;
        Assert.Equal(["A100-40GB-SXM", "A10", "H100-SXM"], offers.Select(offer => offer.Gpu));
        Assert.Equal(10.2071, offers[0].SpotUsdPerHour);
    }

    [Fact]
    public void Settings_are_read()
    {
        var settings = EffectiveSettings.Load(Version1.File("settings.json"), []);
        Assert.Equal(0.8, settings.Number("confidence"));
        Assert.Equal(["aws", "lambda"], settings.List("providers"));
    }

    [Fact]
    public void Jobs_are_read() => Assert.Equal(["first", "second"], JobsFile.Read(Version1.File("jobs.json")).Select(job => job.Name));

    [Fact]
    public void A_calibrated_profile_is_read_and_its_machine_can_be_planned_for()
    {
        var file = FitFile.Read(Version1.File("profile.json"));
        Assert.True(file.Converged);
        Assert.NotEmpty(file.Rows);
        Assert.All(IntervalScale.Levels, level => Assert.Equal(file.Scales.Known.At(0.9), file.Scales.Known.At(level)));
        File.Copy(Version1.File("profile.json"), Path.Combine(_folder.Path, "profile.json"));
        Assert.Equal(file.Device!.Name, ProfileStore.Open(Repository.Profiles, _folder.Path).Devices.Find(file.Device.Name).Name);
    }

    [Theory]
    [InlineData("plan.json", 1)]
    [InlineData("settings.json", 1)]
    [InlineData("jobs.json", 1)]
    [InlineData("profile.json", FitFile.CurrentVersion)]
    public void A_file_of_a_newer_program_is_refused_for_its_version_and_not_for_what_is_new_in_it(string name, int newest)
    {
        var path = _folder.Write(name, Version1.AsNewer(name, newest + 1));
        var message = Assert.Throws<InputException>(() => Read(path)).Message;
        Assert.Equal($"{path}: schema_version is {newest + 1}, this program reads {newest}: a newer program wrote it", message);
    }

    public void Dispose() => _folder.Dispose();

    private static object Read(string path) => Path.GetFileName(path) switch
    {
        "plan.json" => PlanJson.ReadFile(path),
        "settings.json" => EffectiveSettings.Load(path, []),
        "jobs.json" => JobsFile.Read(path),
        "profile.json" => FitFile.Read(path),
        var other => throw new ArgumentOutOfRangeException(nameof(path), other, null),
    };
}
