using MathNet.Numerics.Distributions;
using SlmPlanner.Core.Economics.Project;
using SlmPlanner.Core.Economics.Recipe;
using SlmPlanner.Core.Economics.Risk;
using SlmPlanner.Core.Models;
using SlmPlanner.Core.Planning.Requests;
using SlmPlanner.Core.Planning.Results;
using SlmPlanner.Core.Planning.Search;

namespace SlmPlanner.Core.Planning.Answers;

/// <summary>What a plan says beside its machines: the project's bill, the recipe, and spot with on demand under the deadline.</summary>
/// <param name="inputs">What the search drew on.</param>
internal sealed class ProjectAnswer(PlanningInputs inputs)
{
    /// <summary>The request whose budget is what the project's leaves for the final run; the request itself without a project.</summary>
    /// <exception cref="InputException">The budget leaves nothing.</exception>
    public PlanRequest ForFinalRun(PlanRequest request) => Model(request) is { } model && request.BudgetUsd is { } budget
        ? request with { BudgetUsd = model.FinalRunBudget(budget, Days(request), inputs.Seed) }
        : request;

    /// <summary>The bill; null unless a project was asked for.</summary>
    /// <param name="asked">The request with the project's budget.</param>
    /// <param name="run">The final run.</param>
    public ProjectBill? Bill(PlanRequest asked, Candidate run)
    {
        if (Model(asked) is not { } model)
            return null;
        var median = run.CostUsdMedian ?? run.CostUsd;
        var bill = model.Bill(median, run.CostUsd, Ninety(median, run.CostUsdHigh, asked.Confidence), run.Hours / 24, asked.BudgetUsd,
            inputs.Seed);
        return asked.BudgetUsd is { } budget ? bill with { FinalRunBudgetUsd = model.FinalRunBudget(budget, Days(asked), inputs.Seed) }
            : bill;
    }

    /// <summary>The recipe of a run; null where no rules are at hand.</summary>
    public TrainingRecipe? Recipe(TransformerShape model, Candidate run)
    {
        var count = ParameterCount.Of(model);
        return inputs.Recipe?.Of(count.Total, count.Total - count.Embedding - count.Positions - count.Head, run.Tokens, run.TokensPerStep,
            run.GradAccum);
    }

    /// <summary>The policy for the machines chosen; null unless spot is allowed, there is a deadline and both have a price.</summary>
    public SpotPolicyEstimate? SpotPolicy(Choice chosen, SearchOutcome outcome)
    {
        var offer = chosen.Offer;
        if (outcome.Request is not { Spot: true, DeadlineHours: { } deadline }
            || offer is not { OnDemandUsdPerHour: > 0 and var steady, SpotUsdPerHour: > 0 and var spot })
            return null;
        var nodes = chosen.Result.Nodes;
        var run = outcome.Goal.PricingOn(new(offer, Spot: false, steady), nodes).Run(chosen.Priced.Evaluation, outcome.Goal.Tokens);
        return new SpotPolicy(new(outcome.Goal.Runs))
            .Estimate(run, spot * nodes, chosen.Priced.Evaluation.LogSpread, deadline, inputs.Seed);
    }

    /// <summary>What a log-normal amount does not exceed in nine of ten cases, by its median and the upper end of its interval.</summary>
    private static double Ninety(double median, double high, double coverage) => median > 0 && high > median
        ? median * Math.Exp(Math.Log(high / median) * Normal.InvCDF(0, 1, 0.9) / Normal.InvCDF(0, 1, 0.5 + coverage / 2))
        : median;

    private ProjectModel? Model(PlanRequest request) =>
        request.Project is { } project && inputs.Project is { } profile ? new(project, profile) : null;

    /// <summary>Days of waiting that a budget must cover before the length of the run is known: up to the deadline.</summary>
    private static double Days(PlanRequest request) => (request.DeadlineHours ?? 0) / 24;
}
