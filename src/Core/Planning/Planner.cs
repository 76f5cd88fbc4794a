using SlmPlanner.Core.Planning.Answers;
using SlmPlanner.Core.Planning.Outlooks;
using SlmPlanner.Core.Planning.Search;

namespace SlmPlanner.Core.Planning;

/// <summary>Answers a request: rules → defaults → allocation of a loss budget → search → answer.</summary>
/// <param name="inputs">What can be rented, how fast it is, what runs cost besides.</param>
/// <param name="workers">Threads at most; −1 takes as many as the machine has. The answer does not depend on it.</param>
public sealed class Planner(PlanningInputs inputs, int workers = -1)
{
    /// <summary>The plan.</summary>
    /// <exception cref="InputException">The request breaks a rule; all problems are listed.</exception>
    public PlanResult Plan(PlanRequest request) => Describe(request, Search(request));

    /// <summary>The search behind the plan, for questions that a plan does not answer.</summary>
    /// <exception cref="InputException">The request breaks a rule; all problems are listed.</exception>
    public SearchOutcome Search(PlanRequest request)
    {
        PlanRequestRules.Check(request, inputs);
        var set = LossAllocation.Settle(RequestDefaults.Fill(request, inputs.LongestRunHours), inputs, workers);
        PlanRequestRules.Check(set, inputs);
        var outcome = SearchOutcome.Of(set, inputs, workers);
        return outcome.Recommendation is null && RequestDefaults.Unlimited(request)
            ? SearchOutcome.Of(set with { DeadlineHours = null }, inputs, workers)
            : outcome;
    }

    /// <summary>Writes a search out as a plan.</summary>
    /// <param name="asked">The request before defaults were filled in.</param>
    /// <param name="outcome">Its search.</param>
    public PlanResult Describe(PlanRequest asked, SearchOutcome outcome)
    {
        var description = new CandidateDescription(outcome.Goal, outcome.Request, inputs);
        var (chosen, front) = (outcome.Recommendation, outcome.Front());
        var perGpu = outcome.BestPer(choice => choice.Gpu);
        var recommendation = chosen is null ? null : description.Describe(chosen);
        return new()
        {
            Request = outcome.Request,
            Recommendation = recommendation,
            Alternatives = [.. front.Select(description.Describe)],
            BestPerGpu = [.. perGpu.Select(description.Describe)],
            BestPerProvider = [.. outcome.BestPer(choice => choice.Provider).Select(description.Describe)],
            Rejected = RejectionSummary.Of(outcome),
            Remedies = Remedies.For(outcome, inputs, workers),
            Outlook = recommendation is null ? null : OutlookOf(recommendation, [.. perGpu.Select(description.Describe)], outcome.Request),
            Curves = new CurveSeries(outcome, inputs, outcome.RecommendationOrNearest).Draw(front),
            Provenance = PlanProvenance.Of(outcome, inputs),
            Findings = new PlanFindings(asked, outcome, inputs).All(chosen, recommendation),
        };
    }

    private Outlook OutlookOf(Candidate recommendation, IReadOnlyList<Candidate> others, PlanRequest request) =>
        new OutlookModel(inputs.AdjustedRuns ?? inputs.Risk.Assumptions, inputs.Risk.BillingOf, inputs.Energy)
            .Predict(recommendation, others, request, inputs.Devices[recommendation.Gpu].TdpW, inputs.Seed);
}
