using SlmPlanner.Core.Measurements;
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
    /// The configuration with what the row leaves open settled: a plain "bf16" is what the stack is known to do, else mixed or
    /// pure; unstated recomputation is none or full. Of these the first that fits the device is taken, since a row that says how
    /// it was run was run in one of these ways; the first where none fits.
    /// </summary>
    /// <param name="shape">The row's model.</param>
    /// <param name="setup">Its configuration, with a plain "bf16" read as mixed and no recomputation where none is stated.</param>
    /// <param name="words">Stack, precision and recomputation as the row names them.</param>
    /// <param name="deviceGib">Memory of its device, GiB.</param>
    public TrainingSetup Settle(TransformerShape shape, in TrainingSetup setup, RowWords words, double deviceGib)
    {
        var stated = setup;
        Precision[] precisions = !words.MayBePure ? [setup.Precision]
            : stacks.Of(words.Stack).PureBf16 ? [Precision.Bf16Pure]
            : [setup.Precision, Precision.Bf16Pure];
        Recomputation[] recomputations = words.RecomputationOpen ? [setup.Recomputation, Recomputation.Full] : [setup.Recomputation];
        var ways = recomputations.SelectMany(_ => precisions, (recomputation, precision) => stated with { Precision = precision, Recomputation = recomputation }).ToArray();
        return ways.Where(way => Predict(shape, way, words.Stack).Total.GiB <= deviceGib).FirstOrDefault(ways[0]);
    }
}

/// <summary>What a row leaves open of its run that memory depends on.</summary>
/// <param name="Stack">Software stack in the row's words; null when unknown.</param>
/// <param name="MayBePure">True where it only says "bf16".</param>
/// <param name="RecomputationOpen">True where it does not say what is recomputed.</param>
public readonly record struct RowWords(string? Stack, bool MayBePure, bool RecomputationOpen)
{
    /// <summary>What an observation leaves open.</summary>
    public static RowWords Of(Observation observation) =>
        new(observation.Stack.Name, observation.Recipe.MayBePure, observation.Recipe.Recomputation is null);
}
