using SlmPlanner.Core.Models;
using SlmPlanner.Core.Training;

namespace SlmPlanner.Core.Memory;

/// <summary>
/// Peak memory of measured rows, whose stack decides the traits and what a plain "bf16" means: mixed precision in most
/// stacks, pure bfloat16 in some.
/// </summary>
public sealed class RowMemory(MemoryStacks stacks)
{
    /// <summary>The peak of one rank.</summary>
    /// <param name="shape">The row's model.</param>
    /// <param name="setup">Its configuration, with a plain "bf16" read as mixed.</param>
    /// <param name="stack">Its stack as the row names it; null when unknown.</param>
    /// <param name="precision">Its precision as the row names it; null when unknown.</param>
    public MemoryBreakdown Predict(TransformerShape shape, in TrainingSetup setup, string? stack, string? precision)
    {
        var traits = stacks.Of(stack);
        var recipe = traits.PureBf16 && string.Equals(precision?.Trim(), "bf16", StringComparison.OrdinalIgnoreCase)
            ? Precision.Bf16Pure
            : setup.Precision;
        return new MemoryModel(shape, traits).Predict(setup with { Precision = recipe });
    }
}
