using System.Text.Json.Serialization.Metadata;
using NJsonSchema;
using SlmPlanner.Core;
using SlmPlanner.Data.Measurements;
using SlmPlanner.Data.Measurements.Runs;
using SlmPlanner.Data.Models;
using SlmPlanner.Data.Profiles;
using SlmPlanner.Planner.Scheduling;
using SlmPlanner.Planner.Schemas;
using SlmPlanner.Planner.Tests.Presentation.Plans;
using SlmPlanner.Presentation.Explanations;
using SlmPlanner.Presentation.Plans;
using SlmPlanner.Presentation.Runs;
using SlmPlanner.Presentation.Schedules;
using SlmPlanner.Tests;

namespace SlmPlanner.Planner.Tests.Schemas;

public sealed class SchemaTests
{
    private static readonly Dictionary<string, JsonTypeInfo> Contracts = new()
    {
        ["plan"] = PlanJson.Contract,
        ["device"] = ProfileJson.Default.DeviceFile,
        ["model-family"] = ModelJson.Default.ModelFamily,
        ["explain"] = ExplanationOutput.Contract,
        ["jobs"] = SchedulingJson.Default.JobsDocument,
        ["observation"] = ObservationJson.Default.Observation,
        ["schedule"] = ScheduleJson.Contract,
        ["learn"] = LearnJson.Contract,
        ["track"] = TrackOutput.Contract,
    };

    public static TheoryData<string> Names => [.. Contracts.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_published_schema_is_that_of_its_types(string name)
    {
        var exported = SchemaExport.Of(Contracts[name], name);
        if (PublishedSchema.Names.Contains(name) && exported == PublishedSchema.Read(name))
            return;
        var received = Path.Combine(AppContext.BaseDirectory, $"{name}.schema.json");
        File.WriteAllText(received, exported);
        Assert.Fail($"docs/schema/{name}.schema.json is not the schema of its types; the right one is in {received}");
    }

    [Fact]
    public void Every_published_schema_is_checked() => Assert.Equal(Contracts.Keys.Order(StringComparer.Ordinal), PublishedSchema.Names);

    [Theory]
    [InlineData("device", "devices", "*.json", "aliases.json")]
    [InlineData("model-family", "models", "*.json", "")]
    public async Task Every_shipped_profile_keeps_its_schema(string name, string folder, string files, string except)
    {
        var schema = await JsonSchema.FromJsonAsync(PublishedSchema.Read(name), TestContext.Current.CancellationToken);
        var shipped = Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "profiles", folder), files);
        Assert.NotEmpty(shipped);
        Assert.All(shipped.Where(path => Path.GetFileName(path) != except), path => Assert.Empty(schema.Validate(File.ReadAllText(path))));
    }

    [Fact]
    public async Task Observations_of_rows_and_of_bursts_keep_their_schema()
    {
        var schema = await JsonSchema.FromJsonAsync(PublishedSchema.Read("observation"), TestContext.Current.CancellationToken);
        var rows = MeasurementCsv.Read(Path.Combine(Repository.Profiles, "validation", "measured.csv")).Select(row => row.Observation!);
        var bursts = BurstObservation.OfRun(MeasurementLog.Read(Version1.File("measurements.jsonl")).Lines).ToList();
        Assert.Equal(2, bursts.Count);
        Assert.All(rows.Take(50).Concat(bursts), observation => Assert.Empty(schema.Validate(ObservationLines.Text(observation))));
        Assert.NotEmpty(schema.Validate(ObservationLines.Text(bursts[0]).Replace("\"gpu\":", "\"gpuz\":", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_written_plan_keeps_its_schema()
    {
        var schema = await JsonSchema.FromJsonAsync(PublishedSchema.Read("plan"), TestContext.Current.CancellationToken);
        Assert.Empty(schema.Validate(PlanJson.Write(ExamplePlan.Feasible())));
        Assert.Empty(schema.Validate(PlanJson.Write(ExamplePlan.Infeasible())));
    }

    [Theory]
    [InlineData("\"cost_usd\": ", "\"cost\": ")]
    [InlineData("\"schema_version\": 2,", "")]
    [InlineData("\"parallelism\": \"ddp\"", "\"parallelism\": \"tensor\"")]
    [InlineData("\"gpus\": 8", "\"gpus\": \"eight\"")]
    public async Task A_plan_against_the_format_breaks_its_schema(string right, string wrong)
    {
        var schema = await JsonSchema.FromJsonAsync(PublishedSchema.Read("plan"), TestContext.Current.CancellationToken);
        var plan = PlanJson.Write(ExamplePlan.Feasible());
        Assert.Contains(right, plan, StringComparison.Ordinal);
        Assert.NotEmpty(schema.Validate(plan.Replace(right, wrong, StringComparison.Ordinal)));
    }

    [Fact]
    public void Every_key_of_a_plan_is_described()
    {
        var schema = System.Text.Json.Nodes.JsonNode.Parse(PublishedSchema.Read("plan"))!;
        var candidate = schema["properties"]!["recommendation"]!["properties"]!.AsObject();
        Assert.All(candidate, property => Assert.NotNull(property.Value!["description"]));
    }

    [Fact]
    public void An_unknown_schema_is_refused_with_the_names_there_are() =>
        Assert.Contains("plan", Assert.Throws<InputException>(() => PublishedSchema.Read("plam")).Message, StringComparison.Ordinal);
}
