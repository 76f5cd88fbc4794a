using SlmPlanner.Core;
using SlmPlanner.Core.Economics.Cost;
using SlmPlanner.Planner.Configuration;

namespace SlmPlanner.Tests.Configuration;

public sealed class EffectiveSettingsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void A_later_layer_wins_and_each_value_knows_its_layer()
    {
        var settings = new EffectiveSettings(
            SettingLayers.FromFile(_folder.Write("s.json", """{ "confidence": 0.8, "max_gpus": 8 }""")),
            SettingLayers.FromArguments(["max-gpus=16", "MAX_GPUS=32"]));
        var origins = settings.Entries.ToDictionary(entry => entry.Setting.Key, entry => (entry.Text, entry.Origin));
        Assert.Equal(("0.8", Path.Combine(_folder.Path, "s.json")), origins["confidence"]);
        Assert.Equal(("32", "--set"), origins["max_gpus"]);
        Assert.Equal(("524288", "default"), origins["global_batch_tokens"]);
    }

    [Fact]
    public void Variables_need_the_prefix_and_stand_between_file_and_arguments()
    {
        Environment.SetEnvironmentVariable("SLMPLAN_COMPILE_S", "77");
        try
        {
            Assert.Equal("77", SettingLayers.FromEnvironment().Values["compile_s"]);
            Assert.Equal(77, EffectiveSettings.Load(_folder.Write("s.json", """{ "compile_s": 5 }"""), []).Number("compile_s"));
            Assert.Equal(9, EffectiveSettings.Load(null, ["compile_s=9"]).Number("compile_s"));
        }
        finally
        {
            Environment.SetEnvironmentVariable("SLMPLAN_COMPILE_S", null);
        }
    }

    [Fact]
    public void Every_number_assumed_of_a_run_is_a_setting_and_overrides_the_file()
    {
        var settings = PlannerSettings.From(new EffectiveSettings(SettingLayers.FromArguments(["wait_after_interruption_s=42"])));
        Assert.Equal(42, settings.Adjust(new()).WaitAfterInterruptionSeconds);
        Assert.Equal(7, settings.Adjust(new() { RestartSeconds = 7 }).RestartSeconds);
        Assert.All(RunAssumption.All, assumption => Assert.Contains(assumption.Key, SettingList.Keys));
    }

    [Fact]
    public void A_list_replaces_the_list_below_it()
    {
        var settings = new EffectiveSettings(
            SettingLayers.FromFile(_folder.Write("s.json", """{ "providers": ["aws", "gcp", "azure"] }""")),
            SettingLayers.FromArguments(["providers=lambda, vast"]));
        Assert.Equal(["lambda", "vast"], settings.List("providers"));
    }

    [Theory]
    [InlineData("max_gpu=4", "unknown setting 'max_gpu'; did you mean max_gpus")]
    [InlineData("max_gpus=0", "setting max_gpus is '0', allowed whole numbers 1..16384")]
    [InlineData("max_gpus=1.5", "allowed whole numbers")]
    [InlineData("max_gpus=", "setting max_gpus is ''")]
    [InlineData("confidence=NaN", "setting confidence is 'NaN', allowed 0.5..0.99")]
    [InlineData("confidence", "expected key=value")]
    public void A_wrong_setting_is_refused_and_named(string argument, string part) =>
        Assert.Contains(part, Assert.Throws<InputException>(() => new EffectiveSettings(SettingLayers.FromArguments([argument]))).Message,
            StringComparison.Ordinal);

    [Theory]
    [InlineData("{", "s.json")]
    [InlineData("""{ "providers": { "a": 1 } }""", "must be a text, a number or a list")]
    public void A_wrong_file_is_refused_and_named(string json, string part) =>
        Assert.Contains(part, Assert.Throws<InputException>(() => SettingLayers.FromFile(_folder.Write("s.json", json))).Message,
            StringComparison.Ordinal);

    [Fact]
    public void Every_default_is_within_its_own_range_and_typed()
    {
        var settings = PlannerSettings.From(new EffectiveSettings());
        Assert.Equal(0.9, settings.Confidence);
        Assert.Equal(64, settings.MaxGpus);
        Assert.Null(settings.InterNodeGbitS);
        Assert.Empty(settings.Providers);
    }

    [Fact]
    public void Run_assumptions_change_only_where_a_setting_says_so()
    {
        var profile = new RunAssumptions { StartUpSeconds = 600, RestartSeconds = 300 };
        var adjusted = PlannerSettings.From(new(SettingLayers.FromArguments(["start_up_s=60"]))).Adjust(profile);
        Assert.Equal(profile with { StartUpSeconds = 60 }, adjusted);
    }

    public void Dispose() => _folder.Dispose();
}
