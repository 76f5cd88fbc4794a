using SlmPlanner.Presentation.Formatting;

namespace SlmPlanner.Planner.Reporting.Charts;

/// <summary>Names of the terms of time and components of memory as people read them.</summary>
internal static class PartName
{
    private static readonly Dictionary<string, string> Names = new(StringComparer.Ordinal)
    {
        ["matmul"] = "matrix multiplies",
        ["logits"] = "output head (logits)",
        ["memory_bound"] = "memory-bound work",
        ["recompute"] = "recomputation",
        ["launch"] = "kernel launches",
        ["fixed"] = "fixed overhead",
    };

    /// <summary>The name to show for a part.</summary>
    public static string Of(string name) => Names.TryGetValue(name, out var shown) ? shown : Readable.Words(name);
}
