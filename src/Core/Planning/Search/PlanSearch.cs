using SlmPlanner.Core.Memory;
using SlmPlanner.Core.Planning.Requests;
using SlmPlanner.Core.Training;

namespace SlmPlanner.Core.Planning.Search;

/// <summary>
/// Goes through every candidate of a space. Platforms are searched in parallel, each on its own, and their results
/// are put together in the space's order: the result does not depend on the number of workers.
/// </summary>
internal static class PlanSearch
{
    /// <summary>Evaluates the whole space for one model.</summary>
    /// <param name="request">A valid request, defaults filled in.</param>
    /// <param name="goal">What is asked of a candidate.</param>
    /// <param name="space">What to go through.</param>
    /// <param name="inputs">Performance and datasheets.</param>
    /// <param name="workers">Threads at most; −1 takes as many as the machine has.</param>
    /// <param name="stop">Ends the search.</param>
    /// <returns>One result per platform and node count.</returns>
    public static IReadOnlyList<ClusterResult> Run(
        PlanRequest request, SearchGoal goal, CandidateSpace space, PlanningInputs inputs,
        int workers = -1, CancellationToken stop = default)
    {
        var results = new IReadOnlyList<ClusterResult>[space.Platforms.Count];
        var memory = new Lazy<PeakOutlook>(() => inputs.Memory.Outlook(goal.Model, request.Stack));
        var known = Known(request, goal, inputs);
        Parallel.For(0, results.Length, new ParallelOptions { MaxDegreeOfParallelism = workers, CancellationToken = stop }, index =>
        {
            var offered = space.Platforms[index];
            var search = On(offered, request, goal, inputs, memory, known);
            results[index] = [.. CandidateSpace.NodeCounts(request, offered).Select(nodes => search.Run(nodes, stop))];
        });
        return [.. results.SelectMany(result => result)];
    }

    /// <summary>The search of one platform.</summary>
    /// <param name="offered">The platform.</param>
    /// <param name="request">A valid request, defaults filled in.</param>
    /// <param name="goal">What is asked of a candidate.</param>
    /// <param name="inputs">Performance and datasheets.</param>
    /// <param name="published">The model's memory on all devices that nobody calibrated, where several are searched.</param>
    /// <param name="known">What earlier searches of the same question predicted; null where nobody keeps it.</param>
    internal static ClusterSearch On(
        PlatformOffers offered, PlanRequest request, SearchGoal goal, PlanningInputs inputs, Lazy<PeakOutlook>? published = null,
        QuestionPredictions? known = null)
    {
        var evaluator = new Lazy<SetupEvaluator>(() => Evaluator(request, goal, offered.Platform,
            offered.Platform.Device.Memory is null && published is not null ? published.Value
                : inputs.MemoryOf(goal.Model, offered.Platform.Device, request), inputs));
        var stack = inputs.Performance.Stacks.Find(request.Stack);
        return new(request, goal, offered, evaluator, KernelStyles.Compiles(stack.Time.Kernels), stack, known, inputs.TriesSplits);
    }

    /// <summary>What earlier searches predicted of a question; null where nobody keeps it.</summary>
    internal static QuestionPredictions? Known(PlanRequest request, SearchGoal goal, PlanningInputs inputs) =>
        inputs.Predictions?.Of<QuestionPredictions>(PredictionQuestion.Of(request with { Model = goal.Model }, inputs));

    /// <summary>The predictions of a model on a platform.</summary>
    public static SetupEvaluator Evaluator(
        PlanRequest request, SearchGoal goal, Platform platform, PeakOutlook memory, PlanningInputs inputs) =>
        new(memory, inputs.Performance.Bind(goal.Model, platform.Device, platform.Link, request.Stack, request.Confidence),
            new(platform.UsableBytes, request.Confidence), inputs.SpeedOf(platform.Device), goal.Samples, platform.HostBytes);
}
