using SlmPlanner.Core.Economics.Loss;
using SlmPlanner.Core.Planning.Requests;
using SlmPlanner.Core.Planning.Results;
using SlmPlanner.Core.Planning.Search;

namespace SlmPlanner.Core.Planning.Answers;

/// <summary>The series behind a plan's charts.</summary>
/// <param name="outcome">The search.</param>
/// <param name="inputs">The models that predictions are repeated with.</param>
/// <param name="chosen">The recommendation, or the best limits aside; null when nothing fits.</param>
internal sealed class CurveSeries(SearchOutcome outcome, PlanningInputs inputs, Choice? chosen)
{
    /// <summary>Points of the loss curve, between a tenth and ten times the chosen candidate's cost.</summary>
    private const int LossPoints = 25;

    /// <summary>All series.</summary>
    /// <param name="front">The Pareto front of the search.</param>
    public PlanCurves Draw(IReadOnlyList<Choice> front)
    {
        var perCount = outcome.CheapestPerGpuCount();
        return new()
        {
            CostTime = CostTime(perCount, front),
            TokensPerUsdByGpuCount =
                [.. perCount.Select(choice => new GpuCountPoint(choice.Gpu, choice.Gpus, outcome.Goal.Tokens / choice.Priced.CostUsd))],
            TokensPerUsdByMicroBatch = chosen is null ? [] : MicroBatches(chosen),
            LossByUsd = chosen is null ? [] : Loss(chosen),
        };
    }

    private static CostTimePoint[] CostTime(IReadOnlyList<Choice> perCount, IReadOnlyList<Choice> front)
    {
        var onFront = front.ToHashSet();
        return [.. front.Concat(perCount.Where(choice => !onFront.Contains(choice)))
            .Select(choice => new CostTimePoint(
                choice.Gpu, choice.Gpus, choice.Provider, choice.Priced.Hours, choice.Priced.CostUsd, onFront.Contains(choice)))
            .OrderBy(point => point.CostUsd)
            .ThenBy(point => point.Hours)
            .ThenBy(point => point.Gpu, StringComparer.Ordinal)];
    }

    private MicroBatchPoint[] MicroBatches(Choice choice)
    {
        var family = choice.Priced.Evaluation.Setup;
        var grid = MicroBatchGrid.Of(outcome.Request with { MicroBatch = null }, family.Mesh.DataRanks);
        var evaluator = PlanSearch.Evaluator(outcome.Request, outcome.Goal, choice.Platform,
            inputs.MemoryOf(outcome.Goal.Model, choice.Platform.Device, outcome.Request), inputs);
        var pricing = outcome.Goal.PricingOn(choice.Result.PricedOffer, choice.Result.Nodes);
        return [.. grid.Points.Append(new(family.MicroBatch, family.GradAccum)).Distinct()
            .OrderBy(point => point.MicroBatch)
            .Select(point => evaluator.Evaluate(family with { MicroBatch = point.MicroBatch, GradAccum = point.GradAccum }))
            .Select(evaluation => new MicroBatchPoint(
                evaluation.Setup.MicroBatch,
                outcome.Goal.Tokens / pricing.Expected(evaluation, outcome.Goal.Tokens).CostUsd,
                evaluation.MemoryBytes,
                evaluator.Fits(evaluation.Setup)))];
    }

    private List<LossPoint> Loss(Choice choice)
    {
        if (!outcome.Goal.HasLossLaw)
            return [];
        var parameters = inputs.Law.ParametersOf(outcome.Goal.Model);
        var pricing = outcome.Goal.PricingOn(choice.Result.PricedOffer, choice.Result.Nodes);
        var points = new List<LossPoint>();
        for (var i = 0; i < LossPoints; i++)
        {
            var usd = choice.Priced.CostUsd * Math.Pow(10, 2.0 * i / (LossPoints - 1) - 1);
            var tokens = pricing.ExpectedTokens(choice.Priced.Evaluation, usd);
            if (inputs.Law.Predict(parameters, tokens, outcome.Request.Confidence) is { } loss)
                points.Add(new(usd, tokens, loss.Mean, loss.Low, loss.High));
        }
        return points;
    }
}
