using NJsonSchema;
using SlmPlanner.Core;
using SlmPlanner.Planner.Reporting;
using SlmPlanner.Planner.Schemas;
using SlmPlanner.Planner.Tests.Reporting;

namespace SlmPlanner.Planner.Tests.Schemas;

public sealed class SchemaTests
{
    [Fact]
    public void The_published_schema_is_that_of_the_types()
    {
        var exported = SchemaExport.Of(PlanJsonContext.Default.PlanResult, "plan");
        var published = PublishedSchema.Names.Contains("plan") ? PublishedSchema.Read("plan") : "";
        if (exported == published)
            return;
        var received = Path.Combine(AppContext.BaseDirectory, "plan.schema.json");
        File.WriteAllText(received, exported);
        Assert.Fail($"docs/schema/plan.schema.json is not the schema of PlanResult; the right one is in {received}");
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
    [InlineData("\"schema_version\": 1,", "")]
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
