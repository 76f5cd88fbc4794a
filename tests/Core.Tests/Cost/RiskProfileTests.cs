using SlmPlanner.Core;
using SlmPlanner.Core.Economics.Cost;
using SlmPlanner.Data.Economics;
using SlmPlanner.Tests.Loss;

namespace SlmPlanner.Tests.Cost;

public sealed class RiskProfileTests
{
    private static readonly RiskProfile Profile = RiskProfileFile.Read(RepositoryProfiles.Folder);

    [Fact]
    public void Every_number_says_where_it_comes_from()
    {
        Assert.All(Profile.Numbers(), number => Assert.Contains(number.Number.Kind, new[] { "published", "documented", "derived", "recalled", "assumed" }));
        Assert.All(Profile.Numbers(), number => Assert.NotEmpty(number.Number.Source));
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

    [Fact]
    public void A_number_out_of_range_is_named()
    {
        var text = File.ReadAllText(Path.Combine(RepositoryProfiles.Folder, "risk.json")).Replace("0.000158", "-1");
        var message = Assert.Throws<InputException>(() => RiskProfileFile.Parse(text, "risk.json")).Message;
        Assert.Contains("failures_per_node_hour is -1", message);
    }
}
