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
    /// <param name="setup">Its configuration, its recipe settled by <see cref="Settle"/>.</param>
    /// <param name="stack">Its stack as the row names it; null when unknown.</param>
    public MemoryBreakdown Predict(TransformerShape shape, in TrainingSetup setup, string? stack) =>
        new MemoryModel(shape, stacks.Of(stack)).Predict(setup);

    /// <summary>
    /// The configuration with the recipe that a plain "bf16" stands for: what the stack is known to do, else mixed, else pure
    /// where only that fits the device: a row that says how it was run was run in one of the two ways.
    /// </summary>
    /// <param name="shape">The row's model.</param>
    /// <param name="setup">Its configuration, with a plain "bf16" read as mixed.</param>
    /// <param name="stack">Its stack as the row names it; null when unknown.</param>
    /// <param name="precision">Its precision as the row names it; null when unknown.</param>
    /// <param name="deviceGib">Memory of its device, GiB.</param>
    public TrainingSetup Settle(TransformerShape shape, in TrainingSetup setup, string? stack, string? precision, double deviceGib)
    {
        if (!string.Equals(precision?.Trim(), "bf16", StringComparison.OrdinalIgnoreCase))
            return setup;
        var pure = setup with { Precision = Precision.Bf16Pure };
        return stacks.Of(stack).PureBf16 || (!Fits(setup) && Fits(pure)) ? pure : setup;

        bool Fits(in TrainingSetup candidate) => Predict(shape, candidate, stack).Total.GiB <= deviceGib;
    }
}
