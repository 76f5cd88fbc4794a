using SlmPlanner.Core.Economics.Cost;
using SlmPlanner.Core.Economics.Energy;
using SlmPlanner.Core.Economics.Risk;
using SlmPlanner.Core.Planning.Requests;
using SlmPlanner.Core.Planning.Results;
using SlmPlanner.Core.Planning.Sensitivity;

namespace SlmPlanner.Core.Planning.Outlooks;

/// <summary>Works out the <see cref="Outlook"/> of a recommendation.</summary>
/// <param name="assumptions">What runs do besides their steps.</param>
/// <param name="billing">How a provider counts time.</param>
/// <param name="energy">Power and grids; null to leave energy out.</param>
public sealed class OutlookModel(RunAssumptions assumptions, Func<string, BillingRule> billing, EnergyModel? energy)
{
    private const int Quantiles = 39;

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
        var breakEvens = BreakEvenPrices.Against(recommendation, others, request.DeadlineHours);
        var runnerUp = others.Where(other => other.Gpu != recommendation.Gpu && !(other.Hours > request.DeadlineHours))
            .Select(other => (double?)other.CostUsd).Min();
        return new(
            Band(run, spread, request, seed),
            breakEvens,
            Tornado.Of(run, assumptions, spread, runnerUp),
            Energy(recommendation, run, spread, tdpWatts));
    }

    private RiskBand Band(in RunDemand run, double spread, PlanRequest request, int seed)
    {
        var model = new RunModel(assumptions);
        var (expected, drawn) = (model.Expect(run, spread), MonteCarlo.Estimate(model, run, spread, seed));
        return new()
        {
            Seed = seed,
            Draws = drawn.Hours.Count,
            HoursExpected = drawn.Hours.Mean,
            HoursMedian = drawn.Hours.Quantile(0.5),
            HoursNinety = drawn.Hours.Quantile(0.9),
            CostUsdExpected = drawn.CostUsd.Mean,
            CostUsdMedian = drawn.CostUsd.Quantile(0.5),
            CostUsdNinety = drawn.CostUsd.Quantile(0.9),
            CostUsdQuantiles = [.. Enumerable.Range(1, Quantiles).Select(i => drawn.CostUsd.Quantile(i / (Quantiles + 1.0)))],
            ProbabilityWithinBudget = request.BudgetUsd is { } budget ? drawn.CostUsd.ProbabilityWithin(budget) : null,
            ProbabilityWithinDeadline = request.DeadlineHours is { } deadline ? drawn.Hours.ProbabilityWithin(deadline) : null,
            StopsExpected = expected.Stops,
            CheckpointIntervalSeconds = expected.CheckpointIntervalSeconds,
            OverheadShare = expected.OverheadShare,
        };
    }

    private EnergyEstimate? Energy(Candidate candidate, in RunDemand run, double spread, double? tdpWatts) =>
        energy is null || tdpWatts is not { } watts ? null : energy.Estimate(
            candidate.Gpus, watts, candidate.Mfu, new RunModel(assumptions).Expect(run, spread).BilledSeconds / 3600, candidate.Provider, candidate.Region);
}
