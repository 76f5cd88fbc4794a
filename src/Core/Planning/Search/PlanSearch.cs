using SlmPlanner.Core.Memory;

namespace SlmPlanner.Core.Planning.Search;

/// <summary>
/// Goes through every candidate of a space. Platforms are searched in parallel, each on its own, and their tallies
/// are put together in the space's order: the result does not depend on the number of workers.
/// </summary>
public static class PlanSearch
{
    /// <summary>The kernel style of stacks that compile the model.</summary>
    private const string CompiledKernels = "compiled";

    /// <summary>Evaluates the whole space for one model.</summary>
    /// <param name="request">A valid request, defaults filled in.</param>
    /// <param name="goal">What is asked of a candidate.</param>
    /// <param name="space">What to go through.</param>
    /// <param name="inputs">Performance and datasheets.</param>
    /// <param name="workers">Threads at most; −1 takes as many as the machine has.</param>
    /// <returns>One tally per platform and node count.</returns>
    public static IReadOnlyList<ClusterTally> Run(
        PlanRequest request, SearchGoal goal, CandidateSpace space, PlanningInputs inputs, int workers = -1)
    {
        var tallies = new IReadOnlyList<ClusterTally>[space.Platforms.Count];
        Parallel.For(0, tallies.Length, new ParallelOptions { MaxDegreeOfParallelism = workers }, index =>
        {
            var hired = space.Platforms[index];
            var search = On(hired, request, goal, inputs);
            tallies[index] = [.. CandidateSpace.NodeCounts(request, hired.Platform).Select(search.Run)];
        });
        return [.. tallies.SelectMany(tally => tally)];
    }

    /// <summary>The search of one platform.</summary>
    internal static ClusterSearch On(PlatformOffers hired, PlanRequest request, SearchGoal goal, PlanningInputs inputs)
    {
        var memory = inputs.MemoryOf(goal.Model, hired.Platform.Device, request);
        var stack = inputs.Performance.Stacks.Find(request.Stack);
        return new(request, goal, hired, Evaluator(request, goal, hired.Platform, memory, inputs), stack.Kernels == CompiledKernels, stack.Zero1InNode);
    }

    /// <summary>The predictions of a model on a platform.</summary>
    public static SetupEvaluator Evaluator(
        PlanRequest request, SearchGoal goal, Platform platform, MemoryModel memory, PlanningInputs inputs) =>
        new(memory, inputs.Performance.Bind(goal.Model, platform.Device, platform.Link, request.Stack), platform.UsableBytes, inputs.SpeedOf(platform.Device));
}
