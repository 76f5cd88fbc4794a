using SlmPlanner.Core.Planning.Forecasts;
using SlmPlanner.Core.Planning.Results;
using SlmPlanner.Data.Economics;
using SlmPlanner.Tests.Loss;

namespace SlmPlanner.Tests.Planning;

public sealed class SensitivityTests
{
    private static readonly Candidate Winner = SomeCandidate.Of("A", 10, 3);
    private static readonly Candidate Rival = SomeCandidate.Of("B", 20, 2);

    [Fact]
    public void At_its_break_even_price_another_candidate_costs_the_same()
    {
        var entry = Assert.Single(BreakEvenPrices.Against(Winner, [Winner, Rival], null));
        var repriced = SomeCandidate.Of("B", entry.BreakEvenUsdPerGpuHour * Rival.Gpus, 2);
        Assert.Equal(Winner.CostUsd, repriced.CostUsd, 6);
        Assert.True(entry.Change < 0);
    }

    [Fact]
    public void A_candidate_that_misses_the_deadline_cannot_win_by_price()
    {
        var slow = SomeCandidate.Of("C", 1, 300);
        Assert.False(Assert.Single(BreakEvenPrices.Against(Winner, [slow], Winner.Hours * 2)).KeepsDeadline);
    }

    [Fact]
    public void At_the_break_even_multiple_the_recommendation_costs_what_the_runner_up_does()
    {
        var bars = Tornado.Of(SomeCandidate.RunOf(Winner), SomeCandidate.Risk.Assumptions, Rival.CostUsd);
        Assert.Equal(Rival.CostUsd, SomeCandidate.Of("A", 10 * Multiple(bars, "price"), 3).CostUsd, 2);
        Assert.Equal(1, SomeCandidate.Of("A", 10, 3 / Multiple(bars, "mfu")).CostUsd / Rival.CostUsd, 0.001);
    }

    [Fact]
    public void Bars_run_from_cheap_to_dear_and_the_longest_comes_first()
    {
        var bars = Tornado.Of(SomeCandidate.RunOf(Winner), SomeCandidate.Risk.Assumptions, null);
        Assert.All(bars, bar => Assert.True(bar.CostUsdLow <= bar.CostUsdHigh && bar.BreakEvenMultiple is null));
        Assert.Equal(bars.OrderByDescending(bar => bar.SwingUsd), bars);
        Assert.Contains(bars.Take(2), bar => bar.Factor == "price");
    }

    private static double Multiple(IEnumerable<TornadoBar> bars, string factor) =>
        bars.First(bar => bar.Factor == factor).BreakEvenMultiple!.Value;
}
