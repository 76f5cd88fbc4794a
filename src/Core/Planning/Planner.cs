using SlmPlanner.Core.Economics.Cost;
using SlmPlanner.Core.Economics.Loss;
using SlmPlanner.Core.Planning.Answers;
using SlmPlanner.Core.Planning.Forecasts;
using SlmPlanner.Core.Planning.Requests;
using SlmPlanner.Core.Planning.Results;
using SlmPlanner.Core.Planning.Search;

namespace SlmPlanner.Core.Planning;

/// <summary>Answers a request: defaults → rules → allocation of a loss budget → search → answer.</summary>
/// <param name="inputs">What can be rented, how fast it is, what runs cost besides.</param>
/// <param name="workers">Threads at most; −1 takes as many as the machine has. The answer does not depend on it.</param>
public sealed class Planner(PlanningInputs inputs, int workers = -1)
{
    /// <summary>The plan.</summary>
    /// <param name="request">What is asked.</param>
    /// <param name="stop">Ends the search; nobody wants the plan any more.</param>
    /// <exception cref="InputException">The request breaks a rule; all problems are listed.</exception>
    /// <exception cref="OperationCanceledException">The search was ended.</exception>
    public PlanResult Plan(PlanRequest request, CancellationToken stop = default) => Describe(request, Search(request, stop), stop);

    /// <summary>The search behind the plan, for questions that a plan does not answer.</summary>
    /// <param name="request">What is asked.</param>
    /// <param name="stop">Ends the search.</param>
    /// <exception cref="InputException">The request breaks a rule; all problems are listed.</exception>
    /// <exception cref="OperationCanceledException">The search was ended.</exception>
    public SearchOutcome Search(PlanRequest request, CancellationToken stop = default)
    {
        var filled = RequestDefaults.Fill(request, inputs.LongestRunHours);
        PlanRequestRules.Check(filled, inputs);
        filled = new ProjectAnswer(inputs).ForFinalRun(filled);
        var set = LossAllocation.Resolve(filled, inputs, workers, stop);
        var outcome = SearchOutcome.Of(set, inputs, workers, stop);
        return outcome.Recommendation is null && RequestDefaults.Unlimited(request)
            ? SearchOutcome.Of(set with { DeadlineHours = null }, inputs, workers, stop)
            : outcome;
    }

    /// <summary>Which measurements the recommendation's speed rests on; null without one, or where no row was measured.</summary>
    public PlanEvidence? Evidence(SearchOutcome outcome) => EvidenceBehind.Of(outcome, inputs);

    /// <summary>Writes a search out as a plan.</summary>
    /// <param name="asked">The request before defaults were filled in.</param>
    /// <param name="outcome">Its search.</param>
    /// <param name="stop">Ends the searches for what would make it feasible.</param>
    public PlanResult Describe(PlanRequest asked, SearchOutcome outcome, CancellationToken stop = default)
    {
        var description = new CandidateDescription(outcome.Goal, outcome.Request, inputs);
        var beside = new ProjectAnswer(inputs);
        var (chosen, front) = (outcome.Recommendation, outcome.Front());
        var perGpu = outcome.BestPer(choice => choice.Gpu);
        var recommendation = chosen is null ? null : description.Describe(chosen);
        var shortRun = chosen is null ? null : new ShortRuns(outcome, inputs).Best(chosen, recommendation!);
        var open = chosen is null ? null : new OpenInputs(outcome, inputs).Of(chosen, shortRun);
        return new()
        {
            Request = outcome.Request,
            Recommendation = recommendation,
            Answers = ThreeAnswers.Of(outcome, description),
            Alternatives = [.. front.Select(description.Describe)],
            BestPerGpu = [.. perGpu.Select(description.Describe)],
            BestPerProvider = [.. outcome.BestPer(choice => choice.Provider).Select(description.Describe)],
            Rejected = RejectionSummary.Of(outcome),
            Remedies = Remedies.For(outcome, inputs, workers, stop),
            Forecast = recommendation is null ? null
            : ForecastOf(recommendation, outcome.Goal.RunOf(chosen!), [.. perGpu.Select(description.Describe)], outcome.Request),
            Recipe = recommendation is null || outcome.Goal.Tuning is not null ? null : beside.Recipe(outcome.Goal.Model, recommendation),
            LossLaws = recommendation is null || inputs.OtherLaws.Count == 0 || outcome.Goal.Tuning is not null ? null
                : LawOutlook.Of([inputs.Law, .. inputs.OtherLaws], outcome.Goal.Model, recommendation.Tokens),
            Project = recommendation is null ? null : beside.Bill(asked, recommendation),
            SpotPolicy = chosen is null ? null : beside.SpotPolicy(chosen, outcome),
            Curves = new CurveSeries(outcome, inputs, outcome.RecommendationOrNearest).Draw(front),
            ShortRun = shortRun,
            OpenInputs = open,
            Provenance = PlanProvenance.Of(outcome, inputs),
            Findings =
            [
                .. new PlanFindings(asked, outcome, inputs).All(chosen, recommendation),
                .. shortRun is null ? [] : new[] { new ShortRunTells(shortRun) },
                .. open is { Count: > 0 } ? new[] { new InputsOpen(open) } : [],
            ],
        };
    }

    private Forecast ForecastOf(Candidate recommendation, UncertainRun run, IReadOnlyList<Candidate> others, PlanRequest request) =>
        new ForecastModel(inputs.AdjustedRuns ?? inputs.Risk.Assumptions, inputs.Energy)
            .Predict(recommendation, run, others, request, inputs.Devices[recommendation.Gpu].TdpW, inputs.Seed,
                PriceDrift.Until(recommendation, request, inputs.Prices));
}
