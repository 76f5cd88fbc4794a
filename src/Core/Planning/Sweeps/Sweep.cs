using SlmPlanner.Core.Planning.Answers;
using SlmPlanner.Core.Planning.Requests;
using SlmPlanner.Core.Planning.Results;
using SlmPlanner.Core.Planning.Search;


namespace SlmPlanner.Core.Planning.Sweeps;

/// <summary>Plans once for every combination of the axes' values.</summary>
/// <param name="inputs">What the searches draw on.</param>
public sealed class Sweep(PlanningInputs inputs)
{
    /// <summary>One row per combination, the last axis changing fastest.</summary>
    /// <param name="request">The request that the axes change.</param>
    /// <param name="axes">At least one.</param>
    /// <param name="stop">Ends the searches.</param>
    /// <exception cref="OperationCanceledException">They were ended.</exception>
    public IReadOnlyList<SweepRow> Run(PlanRequest request, IReadOnlyList<SweepAxis> axes, CancellationToken stop = default)
    {
        IEnumerable<IReadOnlyList<SweepStep>> points = [[]];
        foreach (var axis in axes)
            points = points.SelectMany(point => axis.Steps.Select(step => (IReadOnlyList<SweepStep>)[.. point, step]));
        return [.. points.Select(point => Row(request, point, stop))];
    }

    private SweepRow Row(PlanRequest request, IReadOnlyList<SweepStep> steps, CancellationToken stop)
    {
        var (changed, world) = (request, inputs);
        foreach (var step in steps)
            (changed, world) = step.Change(changed, world);
        if (PlanRequestRules.Problems(changed, world).ToList() is { Count: > 0 } problems)
            return new(steps, null, Feasible: false, string.Join("; ", problems));
        var outcome = new Planner(world).Search(changed, stop);
        var best = outcome.RecommendationOrNearest;
        return new(
            steps,
            best is null ? null : new CandidateDescription(outcome.Goal, outcome.Request, world).Describe(best),
            outcome.Recommendation is not null,
            outcome.Recommendation is null ? WhyNot(RejectionSummary.Of(outcome)) : "");
    }

    /// <summary>The reason of the nearest miss, else the most frequent.</summary>
    private static string WhyNot(Rejections rejected) =>
        rejected.Nearest()?.Reason ?? (rejected.Reasons.Count > 0 ? rejected.Reasons[0].Reason : Reason.NoOffer);
}

/// <summary>The best candidate at one point of a sweep.</summary>
/// <param name="Steps">The value of each axis.</param>
/// <param name="Best">The recommendation, or the best limits aside; null when nothing fits or the request is invalid there.</param>
/// <param name="Feasible">True when it keeps the limits.</param>
/// <param name="Note">Why there is none, or why it is not feasible; empty otherwise.</param>
public sealed record SweepRow(IReadOnlyList<SweepStep> Steps, Candidate? Best, bool Feasible, string Note);
