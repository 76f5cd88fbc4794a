using System.Text.Json.Nodes;
using SlmPlanner.Core;
using SlmPlanner.Core.Training;
using SlmPlanner.Presentation.Plans;

namespace SlmPlanner.Planner.Tests.Presentation.Plans;

public sealed class PlanJsonTests
{
    private static readonly string Written = PlanJson.Write(ExamplePlan.Feasible());

    [Fact]
    public void A_plan_read_back_is_written_the_same() =>
        Assert.Equal(Written, PlanJson.Write(PlanJson.Parse(Written, "plan.json")));

    [Fact]
    public void A_plan_has_the_keys_that_others_rely_on()
    {
        string[] keys = ["schema_version", "recommendation", "alternatives", "rejected", "request", "provenance", "findings"];
        var plan = JsonNode.Parse(Written)!.AsObject();
        Assert.All(keys, key => Assert.True(plan.ContainsKey(key), key));
    }

    [Fact]
    public void A_candidate_has_the_keys_that_others_rely_on()
    {
        string[] keys =
        [
            "plan_id", "provider", "instance_type", "region", "gpu", "gpus_per_node", "nodes", "gpus", "parallelism", "micro_batch",
            "grad_accum", "seq_len", "precision", "attention", "recomputation", "compile", "tokens_per_s", "tokens_per_s_low",
            "tokens_per_s_high", "step_time_s", "mfu", "peak_memory_bytes", "hours", "cost_usd", "cost_usd_low", "cost_usd_high",
            "tokens_per_usd", "expected_loss", "breakdown",
        ];
        var candidate = JsonNode.Parse(Written)!["recommendation"]!.AsObject();
        Assert.All(keys, key => Assert.True(candidate.ContainsKey(key), key));
    }

    [Fact]
    public void Enums_are_written_by_their_published_names()
    {
        var candidate = JsonNode.Parse(Written)!["recommendation"]!;
        Assert.Contains((string?)candidate["parallelism"], new[] { "ddp", "zero1", "zero2", "fsdp_grad_op", "fsdp_full", "hsdp" });
        Assert.Equal("flash", (string?)candidate["attention"]);
    }

    /// <summary>What follows from a method or from lengths was once written; files that have it read as they did.</summary>
    [Fact]
    public void What_follows_from_the_rest_is_not_written_and_may_be_there()
    {
        var plan = ExamplePlan.Feasible();
        var request = plan.Request with
        {
            Tuning = new(TuningMethod.Lora, 8),
            Samples = new() { Lengths = new([new(256, 4000), new(1024, 800)]) },
        };
        var text = PlanJson.Write(plan with { Request = request, Recommendation = plan.Recommendation! with { Tuning = request.Tuning } });
        var document = JsonNode.Parse(text)!;
        Assert.Equal(["method", "rank", "targets", "base_bits", "trained_blocks"],
            document["request"]!["tuning"]!.AsObject().Select(field => field.Key));
        Assert.Equal(["bins", "estimated"], document["request"]!["samples"]!["lengths"]!.AsObject().Select(field => field.Key));
        foreach (var tuning in new[] { document["request"]!["tuning"]!, document["recommendation"]!["tuning"]! })
            (tuning["has_adapters"], tuning["freezes"], tuning["frozen_bits"]) = (true, true, 16);
        (document["request"]!["samples"]!["lengths"]!["count"], document["request"]!["samples"]!["lengths"]!["longest"]) = (4800, 1024);
        Assert.Equal(text, PlanJson.Write(PlanJson.Parse(document.ToJsonString(), "plan.json")));
    }

    [Theory]
    [InlineData("{", "plan.json, line 1")]
    [InlineData("[]", "no schema_version")]
    [InlineData("""{"schema_version": 3}""", "schema_version is 3, this program reads 2: a newer program wrote it")]
    [InlineData("""{"schema_version": 1, "recomendation": null}""", "recomendation")]
    [InlineData("""{"schema_version": 0}""", "schema_version is 0, this program reads 2")]
    [InlineData("""{"schema_version": 1}""", "missing required properties")]
    [InlineData("""{"schema_version": 2, "recomendation": null}""", "missing required properties")]
    public void A_file_that_is_no_plan_is_refused_with_the_reason(string json, string reason) =>
        Assert.Contains(reason, Assert.Throws<InputException>(() => PlanJson.Parse(json, "plan.json")).Message, StringComparison.Ordinal);

    [Fact]
    public void A_missing_file_is_bad_input() =>
        Assert.Contains("no-such-plan.json", Assert.Throws<InputException>(() => PlanJson.ReadFile("no-such-plan.json")).Message,
            StringComparison.Ordinal);
}
