using SlmPlanner.Core.Economics.Cost;
using SlmPlanner.Core.Economics.Energy;
using SlmPlanner.Core.Economics.Prices;
using SlmPlanner.Core.Economics.Risk;
using SlmPlanner.Core.Planning.Requests;
using SlmPlanner.Core.Planning.Results;

namespace SlmPlanner.Core.Planning.Forecasts;

/// <summary>Works out the <see cref="Forecast"/> of a recommendation.</summary>
/// <param name="assumptions">What runs do besides their steps.</param>
/// <param name="energy">Power and grids; null to leave energy out.</param>
internal sealed class ForecastModel(RunAssumptions assumptions, EnergyModel? energy)
{
    /// <summary>The forecast.</summary>
    /// <param name="recommendation">The candidate recommended.</param>
    /// <param name="run">Its run as the search priced it.</param>
    /// <param name="others">The best candidates of the devices, with the same model and tokens.</param>
    /// <param name="request">Budget, deadline and confidence.</param>
    /// <param name="tdpWatts">Board power of the recommended device; null when not known.</param>
    /// <param name="seed">Seed of the draws.</param>
    /// <param name="prices">How prices move until the machines are rented; null where no history is at hand.</param>
    public Forecast Predict(
        Candidate recommendation, UncertainRun run, IReadOnlyList<Candidate> others, PlanRequest request, double? tdpWatts, int seed,
        PriceMove? prices = null)
    {
        var model = new RunModel(assumptions);
        var expected = model.Expect(run.Demand, run.LogSpread);
        var breakEvens = BreakEvenPrices.Against(recommendation, others, request.DeadlineHours);
        var runnerUp = others.Where(other => other.Gpu != recommendation.Gpu && !(other.Hours > request.DeadlineHours))
            .Select(other => (double?)other.CostUsd).Min();
        return new(
            RiskBand.Of(MonteCarlo.Estimate(model, run.Demand, run.LogSpread, seed), expected, request, seed),
            breakEvens,
            Tornado.Of(run, assumptions, runnerUp, prices),
            Energy(recommendation, expected, tdpWatts));
    }

    private EnergyEstimate? Energy(Candidate candidate, in RunEstimate expected, double? tdpWatts) =>
        energy is null || tdpWatts is not { } watts ? null : energy.Estimate(
            candidate.Gpus, watts, candidate.Mfu, expected.BilledSeconds / 3600, candidate.Provider, candidate.Region);
}
