using System.Text.Json;
using SlmPlanner.Core.Economics.Energy;
using SlmPlanner.Core.Economics.Risk;
using SlmPlanner.Core.Planning.Forecasts;
using SlmPlanner.Core.Planning.Requests;
using SlmPlanner.Core.Planning.Results;
using SlmPlanner.Data.Economics;
using SlmPlanner.Tests.Loss;

namespace SlmPlanner.Tests.Planning;

public sealed class ForecastTests
{
    private static readonly Candidate Winner = SomeCandidate.Of("A", 10, 3);
    private static readonly Candidate Rival = SomeCandidate.Of("B", 20, 2);

    private static readonly ForecastModel Model = new(
        SomeCandidate.Risk.Assumptions, EnergyFile.Read(RepositoryProfiles.Folder));

    private static Forecast Of(double? budget, double? deadline) => Model.Predict(
        Winner, SomeCandidate.RunOf(Winner), [Winner, Rival],
        new PlanRequest { Today = new(2026, 11, 24), BudgetUsd = budget, DeadlineHours = deadline }, 400, seed: 1);

    [Fact]
    public void The_draws_have_the_candidates_own_mean_and_median()
    {
        var risk = Of(null, null).Risk;
        Assert.Equal(1, risk.CostUsdMedian / Winner.CostUsdMedian!.Value, 0.01);
        Assert.Equal(1, risk.HoursMedian / Winner.HoursMedian!.Value, 0.01);
        Assert.Equal(1, risk.CostUsdExpected / Winner.CostUsd, 0.005);
        Assert.Equal(1, risk.HoursExpected / Winner.Hours, 0.005);
        Assert.True(risk.CostUsdNinety > risk.CostUsdExpected && risk.HoursNinety > risk.HoursExpected);
    }

    [Fact]
    public void The_ninetieth_percentile_as_budget_is_kept_nine_times_in_ten()
    {
        var band = Of(null, null).Risk;
        var limited = Of(band.CostUsdNinety, band.HoursMedian).Risk;
        Assert.Equal(0.9, limited.ProbabilityWithinBudget!.Value, 0.01);
        Assert.Equal(0.5, limited.ProbabilityWithinDeadline!.Value, 0.01);
    }

    /// <summary>JSON has no infinity: two of ten draws never finish, the others take 1 to 8 hours at 10 USD.</summary>
    [Fact]
    public void Draws_that_never_finish_are_counted_apart_and_the_band_stays_valid_JSON()
    {
        double[] hours = [1, 2, 3, 4, 5, 6, 7, 8, double.PositiveInfinity, double.PositiveInfinity];
        var drawn = new RiskEstimate(new(hours), new(hours.Select(h => 10 * h)), new(hours.Select(_ => 1.0)));
        var request = new PlanRequest { Today = new(2026, 11, 24), BudgetUsd = 85 };
        var band = RiskBand.Of(drawn, new(3600, 3600, 10, 1800, 2, 1, 3000), request, seed: 1);
        Assert.Equal(0.2, band.ProbabilityNeverFinishing, 9);
        Assert.Equal(45, band.CostUsdExpected, 9);
        Assert.Equal(0.8, band.ProbabilityWithinBudget!.Value, 9);
        Assert.Contains("\"ProbabilityNeverFinishing\":0.2", JsonSerializer.Serialize(band));
    }

    [Fact]
    public void Quantiles_of_cost_rise() =>
        Assert.Equal(Of(null, null).Risk.CostUsdQuantiles.Order(), Of(null, null).Risk.CostUsdQuantiles);

    [Fact]
    public void A_rival_that_misses_the_deadline_has_no_break_even_multiple_to_offer()
    {
        Assert.NotNull(Of(null, null).Tornado.First(bar => bar.Factor == "price").BreakEvenMultiple);
        Assert.Null(Of(null, Rival.Hours / 2).Tornado.First(bar => bar.Factor == "price").BreakEvenMultiple);
    }

    [Fact]
    public void Energy_is_left_out_where_power_is_not_known()
    {
        var request = new PlanRequest { Today = new(2026, 11, 24) };
        Assert.Null(Model.Predict(Winner, SomeCandidate.RunOf(Winner), [], request, null, seed: 1).Energy);
        Assert.True(Of(null, null).Energy!.Kwh > 0);
    }
}
