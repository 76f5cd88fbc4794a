using System.Text.Json;
using SlmPlanner.Core;
using SlmPlanner.Core.Fitting;
using SlmPlanner.Data.Offers;
using SlmPlanner.Data.Profiles;
using SlmPlanner.Planner.Configuration;
using SlmPlanner.Planner.Scheduling;
using SlmPlanner.Planner.Tests.Commands;
using SlmPlanner.Presentation.Plans;
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
        var offers = OfferFiles.Read([Version1.File("offers.csv")], store.Devices, store.Networks, store.Providers).Offers;
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

    /// <summary>The machine's run timed the fused kernel and trained with it; its driver's files state no compute capability.</summary>
    [Fact]
    public void A_plan_on_a_calibrated_machine_knows_the_fused_attention_that_was_measured_there()
    {
        File.Copy(Version1.File("profile.json"), Path.Combine(_folder.Path, "profile.json"));
        (string? Attention, double Rate) Plan(int tokens, params string[] attention)
        {
            string[] asked =
            [
                "plan", "--model", "gpt2", "--tokens", "1M", "--own", "1xAMD-EPYC-2t@0.1", "--gpus", "AMD-EPYC-2t", "--seq-len",
                $"{tokens}",
                "--profiles", _folder.Path, "--format", "json", .. attention,
            ];
            var run = CommandRun.Of(asked);
            Assert.True(run.ExitCode == 0, run.Errors + run.Output);
            using var plan = JsonDocument.Parse(run.Output);
            var best = plan.RootElement.GetProperty("recommendation");
            return (best.GetProperty("attention").GetString(), best.GetProperty("tokens_per_s").GetDouble());
        }

        foreach (var tokens in new[] { 128, 1024 })
        {
            var (fused, vanilla) = (Plan(tokens, "--attention", "flash"), Plan(tokens, "--attention", "vanilla"));
            Assert.Equal(("flash", "vanilla"), (fused.Attention, vanilla.Attention));
            Assert.Equal(fused.Rate > vanilla.Rate ? fused : vanilla, Plan(tokens));
        }
    }

    [Fact]
    public void Each_of_two_calibrated_machines_of_a_gpu_can_be_planned_for()
    {
        foreach (var (folder, bf16) in new[] { ("fast", 110), ("slow", 30) })
            _folder.Write($"{folder}/profile.json", File.ReadAllText(Version1.File("profile.json"))
                .Replace("AMD-EPYC-2t", "L4", StringComparison.Ordinal)
                .Replace("\"bf16_tflops\":0.7810451529368976", $"\"bf16_tflops\":{bf16}", StringComparison.Ordinal));
        var machines = ProfileStore.Open(Repository.Profiles, _folder.Path).Machines.OrderBy(machine => machine.Device.Bf16Tflops).ToList();
        double Rate(string gpu)
        {
            var run = CommandRun.Of("plan", "--model", "gpt2", "--tokens", "100M", "--gpus", gpu, "--max-gpus", "1", "--profiles",
                _folder.Path, "--format", "json");
            Assert.True(run.ExitCode == 0, run.Errors + run.Output);
            using var plan = JsonDocument.Parse(run.Output);
            Assert.Equal(gpu, plan.RootElement.GetProperty("recommendation").GetProperty("gpu").GetString());
            return plan.RootElement.GetProperty("recommendation").GetProperty("tokens_per_s").GetDouble();
        }

        Assert.True(Rate(machines[1].Device.Name) > Rate(machines[0].Device.Name));
        Assert.True(Rate("L4") > 0);
    }

    [Theory]
    [InlineData("plan.json", PlanJson.SchemaVersion)]
    [InlineData("settings.json", 1)]
    [InlineData("jobs.json", 1)]
    [InlineData("profile.json", FitFile.CurrentVersion)]
    public void A_file_of_a_newer_program_is_refused_for_its_version_and_not_for_what_is_new_in_it(string name, int current)
    {
        var path = _folder.Write(name, Version1.AsNewer(name, current + 1));
        var message = Assert.Throws<InputException>(() => Read(path)).Message;
        Assert.Equal($"{path}: schema_version is {current + 1}, this program reads {current}: a newer program wrote it", message);
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
