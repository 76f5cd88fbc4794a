using CsCheck;
using SlmPlanner.Core.Planning;
using SlmPlanner.Core.Planning.Probes;
using SlmPlanner.Core.Planning.Requests;
using SlmPlanner.Core.Planning.Search;

namespace SlmPlanner.Tests.Planning.Probes;

/// <summary>What measuring is worth to a plan, against the plan itself.</summary>
public sealed class ProbeAnalysisTests
{
    private static readonly Gen<(PlanRequest Request, PlanningInputs Inputs)> Worlds = Gen.Select(
        PlanningWorld.Requests, PlanningWorld.Offers, Gen.Enum<Objective>(),
        (request, offers, objective) => (
            request with { Objective = objective == Objective.Loss ? Objective.Balanced : objective }, PlanningWorld.Inputs(offers)));

    [Fact]
    public void What_is_chosen_without_measuring_is_what_the_plan_recommends() => Worlds.Sample(world =>
    {
        var outcome = new Planner(world.Inputs).Search(world.Request);
        if (outcome.Recommendation?.Priced is not { } best)
            return;
        var probes = new ProbeAnalysis(world.Inputs).Plan(outcome, new(double.PositiveInfinity, 10, null, 0.05))!;
        Assert.Equal(best.CostUsd, probes.CostUsd, best.CostUsd * 1e-6);
        Assert.Equal(best.Hours, probes.Hours, best.Hours * 1e-6);
    }, iter: 60);

    [Fact]
    public void Regret_ends_where_the_probes_to_take_leave_it() => Worlds.Sample(world =>
    {
        var outcome = new Planner(world.Inputs).Search(world.Request);
        if (new ProbeAnalysis(world.Inputs).Plan(outcome, new(5, 10, null, 0.05)) is not { } probes)
            return;
        Assert.Equal(probes.RegretUsdBefore, probes.Path[0].RegretUsd);
        Assert.Equal(probes.RegretUsdAfter, probes.Path[^1].RegretUsd);
        Assert.Equal(probes.PortfolioUsd, probes.Path[^1].SpentUsd);
        Assert.Equal(probes.Portfolio.Select(probe => probe.Offer), probes.Path.Skip(1).Select(point => point.Probe));
        Assert.InRange(probes.PortfolioUsd, 0, 5);
    }, iter: 60);

    /// <summary>Equal balance is a hyperbola that lies above its tangent, so that no point of a front is better by the tangent.</summary>
    [Fact]
    public void The_best_of_a_front_by_its_balance_is_the_best_by_the_worth_of_an_hour_there() =>
        Gen.Select(Gen.Double[1, 1000], Gen.Double[1, 1000]).Array[1, 12].Sample(points =>
        {
            (double Usd, double Hours)[] front = [.. ParetoFront.Of(points, point => point.Item1, point => point.Item2)];
            var balance = Balance.OfFront(front);
            var (usd, hours) = front.MinBy(point => balance.Weigh(point.Usd, point.Hours));
            var worth = balance.UsdPerHour(usd, hours);
            Assert.All(front, point => Assert.True(usd + hours * worth <= (point.Usd + point.Hours * worth) * (1 + 1e-12)));
        });
}
