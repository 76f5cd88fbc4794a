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

    /// <summary>
    /// A provider of the table has its own rule, any other the one of the star: by the hour and by the minute are not the same.
    /// </summary>
    [Fact]
    public void A_provider_has_its_own_rule_where_it_has_one()
    {
        var profile = Profile with
        {
            Billing = [new("*", 60, 60, "assumed", "here"), new("by-the-hour", 3600, 7200, "documented", "here")],
        };
        Assert.Equal(new BillingRule(3600, 7200), profile.BillingOf("by-the-hour"));
        Assert.Equal(new BillingRule(60, 60), profile.BillingOf("nobody"));
    }

    /// <summary>
    /// Two months are 2 · 730.485 · 3600 = 5,259,492 s, of which each is paid; three hours are more than two, one is not.
    /// </summary>
    [Fact]
    public void A_term_and_a_least_rental_are_minimums()
    {
        var rule = new BillingRule(60, 7200);
        Assert.Equal(5_259_492, rule.WithTerm(2).MinimumSeconds, 1e-6);
        Assert.Equal(5_259_492, rule.WithTerm(2).UnitSeconds, 1e-6);
        Assert.Equal(rule, rule.WithTerm(null));
        Assert.Equal(rule, rule.AtLeast(1));
        Assert.Equal(new BillingRule(60, 10_800), rule.AtLeast(3));
    }

    /// <summary>The ends of a range belong to it: a share of evaluation is 0 to 10.</summary>
    [Theory]
    [InlineData(0, true)]
    [InlineData(10, true)]
    [InlineData(-0.001, false)]
    [InlineData(10.001, false)]
    [InlineData(double.NaN, false)]
    public void A_number_is_allowed_from_end_to_end(double value, bool allowed) =>
        Assert.Equal(allowed, RunAssumption.All.Single(assumption => assumption.Key == "evaluation_share").Allows(value));

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
