using SlmPlanner.Core.Cost;
using SlmPlanner.Core.Energy;
using SlmPlanner.Core.Planning.Sensitivity;
using SlmPlanner.Core.Risk;

namespace SlmPlanner.Core.Planning.Outlooks;

/// <summary>Works out the <see cref="Outlook"/> of a recommendation.</summary>
/// <param name="assumptions">What runs do besides their steps.</param>
/// <param name="billing">How a provider counts time.</param>
/// <param name="energy">Power and grids; null to leave energy out.</param>
public sealed class OutlookModel(RunAssumptions assumptions, Func<string, BillingRule> billing, EnergyModel? energy)
{
    /// <summary>The outlook.</summary>
    /// <param name="recommendation">The candidate recommended.</param>
    /// <param name="others">The best candidates of the devices, with the same model and tokens.</param>
    /// <param name="request">Budget, deadline and confidence.</param>
    /// <param name="tdpWatts">Board power of the recommended device; null when not known.</param>
    /// <param name="seed">Seed of the draws.</param>
    public Outlook Predict(Candidate recommendation, IReadOnlyList<Candidate> others, PlanRequest request, double? tdpWatts, int seed)
    {
        var run = CandidateRun.Demand(recommendation, assumptions, billing(recommendation.Provider));
        var spread = CandidateRun.LogSpread(recommendation, request.Confidence);
        var model = new RunModel(assumptions);
        var breakEvens = BreakEvenPrices.Against(recommendation, others, request.DeadlineHours);
        var runnerUp = others.Where(other => other.Gpu != recommendation.Gpu && !(other.Hours > request.DeadlineHours))
            .Select(other => (double?)other.CostUsd).Min();
        return new(
            RiskBand.Of(MonteCarlo.Estimate(model, run, spread, seed), model.Expect(run, spread), request, seed),
            breakEvens,
            Tornado.Of(run, assumptions, spread, runnerUp),
            Energy(recommendation, run, spread, tdpWatts));
    }

    private EnergyEstimate? Energy(Candidate candidate, in RunDemand run, double spread, double? tdpWatts) =>
        energy is null || tdpWatts is not { } watts ? null : energy.Estimate(
            candidate.Gpus, watts, candidate.Mfu, new RunModel(assumptions).Expect(run, spread).BilledSeconds / 3600, candidate.Provider, candidate.Region);
}
