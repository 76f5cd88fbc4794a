using SlmPlanner.Core;
using SlmPlanner.Core.Planning.Results;

namespace SlmPlanner.Planner.Export;

/// <summary>What formats say of ranks that share a model.</summary>
internal static class ModelSplit
{
    /// <summary>True where ranks share the plan's model.</summary>
    public static bool IsIn(Candidate candidate) =>
        candidate.Parallelism is var scheme && scheme.Tensor * scheme.Pipeline * scheme.Context * scheme.Expert > 1;

    /// <summary>Refuses tensor, pipeline, context and expert parallelism, for a format without words for them.</summary>
    /// <param name="candidate">What the plan says.</param>
    /// <param name="format">The format as people call it.</param>
    /// <exception cref="InputException">Ranks share the model.</exception>
    public static void Refuse(Candidate candidate, string format)
    {
        var scheme = candidate.Parallelism;
        var torchtitan = candidate.Tuning is { Freezes: true } ? "" : "torchtitan, or to ";
        if (IsIn(candidate))
            throw new InputException(
                $"parallelism '{scheme}': {format} has no tensor, pipeline, context or expert parallelism by configuration alone: "
                + $"export to {torchtitan}torchrun, slurm or skypilot, whose training script gets it as --parallelism");
    }
}
