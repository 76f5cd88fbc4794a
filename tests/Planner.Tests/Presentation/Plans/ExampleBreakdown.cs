using SlmPlanner.Core.Planning.Results;

namespace SlmPlanner.Planner.Tests.Presentation.Plans;

/// <summary>Where the example's time and memory go: fixed shares under the names that the models use.</summary>
internal static class ExampleBreakdown
{
    public static IReadOnlyList<NamedAmount> StepTime(double seconds, int gpus) => Shares(seconds,
        ("matmul", 0.52), ("logits", 0.09), ("attention", 0.08), ("memory_bound", 0.14), ("recompute", 0.03),
        ("launch", 0.02), ("optimizer", 0.03), ("communication", gpus > 1 ? 0.07 : 0), ("fixed", gpus > 1 ? 0.02 : 0.09));

    public static IReadOnlyList<NamedAmount> Memory(double bytes) => Shares(bytes,
        ("parameters", 0.09), ("gradients", 0.05), ("master_weights", 0.07), ("optimizer_states", 0.13),
        ("activations", 0.41), ("logits", 0.14), ("communication", 0.04), ("overhead", 0.07));

    private static NamedAmount[] Shares(double total, params (string Name, double Share)[] shares) =>
        [.. shares.Select(part => new NamedAmount(part.Name, part.Share * total))];
}
