using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using SlmPlanner.Calibrator.Fleets;
using SlmPlanner.Core;
using YamlDotNet.RepresentationModel;

namespace SlmPlanner.Tests.Fleets;

/// <summary>The files of a fleet: fields that each engine knows, a script that bash runs, and results that can be collected.</summary>
public sealed class FleetFilesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>
    /// Top-level fields by each engine's own reference: SkyPilot's YAML spec, dstack's task, Kubernetes' Job (read 2026-11-29).
    /// </summary>
    [Theory]
    [InlineData("Skypilot", "lambda-gpu-1x-a10-us-west-1-0.yaml", "name num_nodes resources run")]
    [InlineData("Dstack", "lambda-gpu-1x-a10-us-west-1-0.dstack.yml",
        "backends commands creation_policy idle_duration instance_types max_duration name regions resources spot_policy type")]
    [InlineData("Kubernetes", "lambda-gpu-1x-a10-us-west-1-0.yaml", "apiVersion kind metadata spec")]
    public void Each_engine_gets_its_own_fields_and_the_script_whole(string engine, string file, string fields)
    {
        var order = Order(["lambda/gpu_1x_a10/us-west-1=1xA10"]);
        var root = Yaml(Text(order, Enum.Parse<FleetEngine>(engine), file));
        Assert.Equal(fields.Split(' '), root.Children.Keys.Select(key => ((YamlScalarNode)key).Value!).Order(StringComparer.Ordinal));
        var script = new ProbeScript(order).Write(order.Probes[0], "0");
        Assert.Contains(root.AllNodes.OfType<YamlScalarNode>(), node => node.Value == script);
    }

    [Theory]
    [InlineData("Skypilot", "hotaisle")]
    [InlineData("Dstack", "akash")]
    public void A_provider_at_which_an_engine_does_not_rent_is_refused(string engine, string provider) => Assert.Contains(
        $"does not rent at {provider}",
        Assert.Throws<InputException>(() => FleetFiles.Of(Order([$"{provider}/one"]), Enum.Parse<FleetEngine>(engine)).ToList()).Message,
        StringComparison.Ordinal);

    /// <summary>dstack knows regions by their code alone; an offer that names a city is rented where there is one.</summary>
    [Fact]
    public void A_city_is_no_region_of_dstack()
    {
        var order = Order(["vast/one/Paris, FR=1xA10"]);
        var name = order.Manifest.Expected.Single();
        Assert.DoesNotContain("regions", Text(order, FleetEngine.Dstack, $"{name}.dstack.yml"), StringComparison.Ordinal);
        Assert.Contains("vast/Paris, FR", Text(order, FleetEngine.Skypilot, $"{name}.yaml"), StringComparison.Ordinal);
    }

    [Fact]
    public void Starting_names_every_probe_once_and_every_file_is_there()
    {
        var order = Order(["aws/one/x", "gcp/two"]) with { Repeats = 3 };
        var files = FleetFiles.Of(order, FleetEngine.Skypilot).Select(file => file.Name).ToList();
        var start = Text(order, FleetEngine.Skypilot, "start.sh");
        Assert.Equal(6, order.Manifest.Expected.Count());
        Assert.All(order.Manifest.Expected, name =>
        {
            Assert.Contains($"{name}.yaml", files);
            Assert.Contains($" {name}.yaml\n", start, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void A_slurm_array_has_a_task_for_each_machine_of_a_kind() =>
        Assert.Contains("#SBATCH --array=0-3\n", Text(Order(["c/node"]) with { Repeats = 4 }, FleetEngine.Slurm, "c-node.sbatch"),
            StringComparison.Ordinal);

    /// <summary>
    /// The whole way with a calibrator that is a shell script: what it leaves is uploaded, signed, collected, and nothing twice.
    /// </summary>
    [Theory]
    [InlineData("mkdir -p \"$7\"; printf 'profile' > \"$7/profile.json\"", 0, "Failed")]
    [InlineData("echo no device >&2; exit 3", 3, "Failed")]
    public void A_probe_uploads_what_it_has_and_says_how_it_ended(string calibrator, int code, string state)
    {
        var order = Order(["c/node"], calibrator);
        Assert.Equal(code, Bash(new ProbeScript(order).Write(order.Probes[0], "0")));

        var result = Assert.Single(FleetResults.Read([order.Upload], null));
        Assert.Equal("c-node-0", result.Probe);
        Assert.Equal(state, result.State.ToString());
        Assert.Contains($"exit code {code}", result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_changed_after_upload_and_what_never_came_is_named()
    {
        var order = Order(["c/node"], "exit 0") with { Repeats = 2 };
        Bash(new ProbeScript(order).Write(order.Probes[0], "0"));
        File.AppendAllText(Path.Combine(order.Upload, "c-node-0", "log.txt"), "more");
        var manifest = _folder.Write("fleet.json", Text(order, FleetEngine.Slurm, "fleet.json"));

        var results = FleetResults.Read([order.Upload], manifest);
        Assert.Equal([("c-node-0", ResultState.Damaged), ("c-node-1", ResultState.Missing)],
            results.Select(result => (result.Probe, result.State)));
        Assert.Contains("log.txt", results[0].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_plan_that_was_asked_what_to_measure_names_those_machines_and_else_one_of_each_device()
    {
        Assert.Equal(["A10"], FleetProbes.FromFile(Version1.File("plan.json")).Select(probe => probe.Gpu));

        var path = Path.Combine(_folder.Path, "plan.json");
        var plan = JsonNode.Parse(File.ReadAllText(Version2.File("plan.json")))!.AsObject();
        plan["measure_first"] = JsonNode.Parse("""
            {
              "schema_version": 1, "chosen_now": "a", "cost_usd": 1, "hours": 1, "portfolio_usd": 1, "expected_saving_usd": 2,
              "expected_saving_h": 0, "regret_usd_before": 3, "regret_usd_after": 1, "probes": [], "path": [], "findings": [],
              "portfolio": [{
                "offer": "one", "provider": "cloud", "instance_type": "node", "region": "here", "gpu": "Some-40GB", "gpus": 2,
                "minutes": 10, "cost_usd": 1, "expected_saving_usd": 2, "expected_saving_h": 0, "change_probability": 0.2
              }]
            }
            """);
        File.WriteAllText(path, plan.ToJsonString());
        Assert.Equal(FleetProbes.FromList(["cloud/node/here=2xSome-40GB"]), FleetProbes.FromFile(path));
    }

    [Theory]
    [InlineData("lambda")]
    [InlineData("a/b/c/d")]
    [InlineData("a/b=x4")]
    [InlineData("a//c")]
    public void An_offer_that_can_not_be_read_is_named(string offer) =>
        Assert.Contains($"'{offer}'", Assert.Throws<InputException>(() => FleetProbes.FromList([offer])).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("ftp://x/y")]
    [InlineData("")]
    public void A_target_that_no_machine_can_upload_to_is_refused(string target) =>
        Assert.Throws<InputException>(() => (Order(["c/node"]) with { Upload = target }).Checked());

    private FleetOrder Order(string[] offers, string calibrator = "exit 0")
    {
        var folder = Directory.CreateDirectory(Path.Combine(_folder.Path, "calibrator it's")).FullName;
        var program = Path.Combine(folder, "slm-calibrate");
        File.WriteAllText(program, $"#!/bin/sh\n{calibrator}\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(program, UnixFileMode.UserExecute | UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return new FleetOrder
        {
            Probes = FleetProbes.FromList(offers),
            Calibrator = folder,
            Upload = Path.Combine(_folder.Path, "shared"),
            Minutes = 5,
            Device = "cpu",
        }.Checked();
    }

    private static string Text(FleetOrder order, FleetEngine engine, string name) =>
        Encoding.UTF8.GetString(FleetFiles.Of(order, engine).Single(file => file.Name == name).Content.ToArray());

    private static YamlMappingNode Yaml(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        return (YamlMappingNode)stream.Documents.Single().RootNode;
    }

    private int Bash(string script)
    {
        using var process = Process.Start("bash", [_folder.Write("probe.sh", script)])!;
        process.WaitForExit();
        return process.ExitCode;
    }
}
