using SlmPlanner.Core;
using SlmPlanner.Core.Planning.Results;
using SlmPlanner.Planner.Export;
using SlmPlanner.Presentation.Plans;
using SlmPlanner.Tests;

namespace SlmPlanner.Planner.Tests.Compatibility;

public sealed class SecondVersionTests
{
    private static readonly string Saved = File.ReadAllText(Version2.File("plan.json"));

    [Fact]
    public void A_plan_is_read_whole_and_written_as_it_was() => Assert.Equal(Saved, PlanJson.Write(PlanJson.Parse(Saved, "plan.json")));

    /// <summary>The id in the file was worked out from the same request, offer and set-up that the file states.</summary>
    [Fact]
    public void The_id_in_the_file_is_the_one_worked_out_from_it()
    {
        var plan = PlanJson.Parse(Saved, "plan.json");
        Assert.Equal(PlanId.Of(plan.Request, plan.Recommendation!), plan.Recommendation!.PlanId);
        Assert.Matches("^[0-9a-f]{16}$", plan.Recommendation.PlanId);
    }

    /// <summary>A later program of the same version may tell more: at the top, in a candidate, and inside what it tells.</summary>
    [Fact]
    public void What_a_later_program_adds_is_passed_over()
    {
        var told = Saved
            .Replace("\"schema_version\": 2,", """
                "schema_version": 2, "verdicts": [{"role": "cheapest", "candidate": {}}], "later": {"runs": 3}, "evidence": null,
                """, StringComparison.Ordinal)
            .Replace("\"micro_batch\":", "\"warm_up\": \"linear\", \"micro_batch\":", StringComparison.Ordinal);
        Assert.Contains("\"warm_up\"", told, StringComparison.Ordinal);
        Assert.Contains("\"verdicts\"", told, StringComparison.Ordinal);
        Assert.Equal(Saved, PlanJson.Write(PlanJson.Parse(told, "plan.json")));
    }

    [Fact]
    public void What_this_program_needs_must_be_there_all_the_same()
    {
        var without = Saved.Replace("\"tokens_per_usd\":", "\"tokens_per_dollar\":", StringComparison.Ordinal);
        Assert.Contains("tokens_per_usd", Assert.Throws<InputException>(() => PlanJson.Parse(without, "plan.json")).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void The_first_version_is_closed()
    {
        var told = File.ReadAllText(Version1.File("plan.json"))
            .Replace("\"micro_batch\":", "\"warm_up\": \"linear\", \"micro_batch\":", StringComparison.Ordinal);
        Assert.Contains("warm_up", Assert.Throws<InputException>(() => PlanJson.Parse(told, "plan.json")).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(LaunchFormat.Slurm)]
    [InlineData(LaunchFormat.SkyPilot)]
    [InlineData(LaunchFormat.Torchrun)]
    public void A_plan_of_the_first_version_gets_its_id_when_it_is_exported(LaunchFormat format)
    {
        var plan = PlanJson.ReadFile(Version1.File("plan.json"));
        Assert.Null(plan.Recommendation!.PlanId);
        Assert.Contains(PlanId.Of(plan.Request, plan.Recommendation), LaunchFile.Write(plan, format), StringComparison.Ordinal);
    }
}
