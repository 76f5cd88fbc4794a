using SlmPlanner.Core;
using SlmPlanner.Core.Economics.Cost;
using SlmPlanner.Core.Planning.Answers;
using SlmPlanner.Data.Economics;
using SlmPlanner.Tests.Loss;

namespace SlmPlanner.Tests.Cost;

public sealed class RiskProfileTests
{
    private static readonly RiskProfile Profile = RiskProfileFile.Read(RepositoryProfiles.Folder);

    [Fact]
    public void Every_number_says_where_it_comes_from()
    {
        Assert.Equal(RunAssumption.All.Count, Profile.Numbers.Count);
        Assert.All(Profile.Numbers.Values, number => Assert.True(Enum.IsDefined(number.Kind)));
        Assert.All(Profile.Numbers.Values, number => Assert.NotEmpty(number.Source));
        Assert.All(Profile.Billing, billing => Assert.NotEmpty(billing.Source));
    }

    /// <summary>419 unplanned interruptions in 54 days on 2,048 machines (Llama 3, table 5).</summary>
    [Fact]
    public void The_failure_rate_is_the_one_of_its_source() =>
        Assert.Equal(419 / (54 * 24 * 2048.0), Profile.Assumptions.FailuresPerNodeHour, 6);

    [Fact]
    public void Billing_rounds_up_to_units_and_keeps_the_minimum()
    {
        Assert.Equal(120, new BillingRule(60, 60).Billed(61));
        Assert.Equal(600, new BillingRule(1, 600).Billed(5));
        Assert.Equal(61.5, default(BillingRule).Billed(61.5));
    }

    [Fact]
    public void A_provider_without_a_rule_has_the_common_one() =>
        Assert.Equal(Profile.BillingOf("*"), Profile.BillingOf("nobody"));

    /// <summary>Thirteen numbers, thirteen properties: each changes one, and no two the same.</summary>
    [Fact]
    public void Every_property_of_a_runs_assumptions_is_set_by_one_number()
    {
        var properties = typeof(RunAssumptions).GetProperties().Where(property => property.CanWrite).ToList();
        var changed = RunAssumption.All.Select(assumption =>
        {
            var (before, after) = (new RunAssumptions(), assumption.With(new(), 0.25));
            return Assert.Single(properties, property => !Equals(property.GetValue(before), property.GetValue(after))).Name;
        });
        Assert.Equal(properties.Select(property => property.Name).Order(), changed.Order());
    }

    [Fact]
    public void A_number_of_the_file_that_is_missing_unknown_or_there_twice_is_named()
    {
        var text = File.ReadAllText(Path.Combine(RepositoryProfiles.Folder, "risk.json"));
        string Refused(string changed) => Assert.Throws<InputException>(() => RiskProfileFile.Parse(changed, "risk.json")).Message;
        Assert.Contains("'queue' is not known", Refused(text.Replace("\"queue_s\"", "\"queue\"")));
        Assert.Contains("'restart_s' is there twice", Refused(text.Replace("\"queue_s\"", "\"restart_s\"")));
        Assert.Contains("'queue_s' is missing", Refused("""{ "schema_version": 1 }"""));
    }

    [Fact]
    public void A_number_out_of_range_is_named()
    {
        var text = File.ReadAllText(Path.Combine(RepositoryProfiles.Folder, "risk.json")).Replace("0.000158", "-1");
        var message = Assert.Throws<InputException>(() => RiskProfileFile.Parse(text, "risk.json")).Message;
        Assert.Contains("failures_per_node_hour is -1", message);
    }
}
