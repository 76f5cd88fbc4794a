using SlmPlanner.Core.Measurements;
using SlmPlanner.Core.Memory.Components;
using SlmPlanner.Core.Models;
using SlmPlanner.Core.Training;

namespace SlmPlanner.Core.Memory;

/// <summary>
/// Peak memory of measured rows, whose stack decides the traits and what a plain "bf16" means: mixed precision in most
/// stacks, pure bfloat16 in some.
/// </summary>
public sealed class RowMemory(MemoryProfile profile)
{
    /// <summary>What a row's peak counts: as it states, or as its stack's logs do; null where neither is known.</summary>
    public MemoryKind? PeakKind(Observation observation) => observation.Memory?.Kind
        ?? (profile.Stacks.Find(observation.Stack.Name).Memory.LogsLiveTensors ? MemoryKind.Allocated : null);

    /// <summary>The peak of one rank.</summary>
    /// <param name="shape">The row's model.</param>
    /// <param name="setup">Its configuration, its recipe settled by <see cref="Settle"/>.</param>
    /// <param name="stack">Its stack as the row names it; null when unknown.</param>
    public MemoryBreakdown Predict(TransformerShape shape, in TrainingSetup setup, string? stack) =>
        profile.Model(shape, stack).Predict(setup);

    /// <summary>
    /// The configuration with what the row leaves open settled: of <see cref="Ways"/> the first that fits the device, since a row that
    /// says how it was run was run in one of these ways; the first where none fits.
    /// </summary>
    /// <param name="shape">The row's model.</param>
    /// <param name="setup">Its configuration, with a plain "bf16" read as mixed and no recomputation where none is stated.</param>
    /// <param name="words">Stack, precision and recomputation as the row names them.</param>
    /// <param name="deviceGib">Memory of its device, GiB.</param>
    public TrainingSetup Settle(TransformerShape shape, in TrainingSetup setup, RowWords words, double deviceGib)
    {
        var ways = Ways(setup, words);
        return ways.Where(way => Predict(shape, way, words.Stack).Total.GiB <= deviceGib).FirstOrDefault(ways[0]);
    }

    /// <summary>What a row's peak may be.</summary>
    /// <param name="shape">The row's model.</param>
    /// <param name="setups">Its possible configurations, equally likely.</param>
    /// <param name="words">Stack, precision and recomputation as the row names them.</param>
    /// <param name="deviceBytes">Memory of its device that a run can use.</param>
    public PeakPossibilities Possibilities(TransformerShape shape,
        IReadOnlyList<TrainingSetup> setups, RowWords words, double deviceBytes) =>
        new(profile.Outlook(shape, words.Stack, profile.Stacks.KernelsIn(words.Notes)), Likely(setups, words), deviceBytes,
            profile.Fit.RunnableShare,
            profile.Stacks.Find(words.Stack).Memory.LogsFirstStage);

    /// <summary>The ways of every setup with their probabilities, which add up to 1.</summary>
    public IReadOnlyList<(double Probability, TrainingSetup Setup)> Likely(IReadOnlyList<TrainingSetup> setups, RowWords words) =>
        [.. from setup in setups
            let ways = Ways(setup, words)
            from way in Odds(ways.Count).Zip(ways)
            select (way.First / setups.Count, way.Second)];

    /// <summary>
    /// Probabilities of so many ways: each is half as likely as the one before. Sources mostly leave out what is the default.
    /// </summary>
    public static double[] Odds(int ways)
    {
        var all = 2 - Math.Pow(2, 1 - ways);
        return [.. Enumerable.Range(0, ways).Select(way => Math.Pow(2, -way) / all)];
    }

    /// <summary>
    /// How a row may have been run: a plain "bf16" is what the stack is known to do, else mixed or pure; unstated recomputation is none
    /// or full, the likelier first: with adapters full, as every row that states it. What it states stays.
    /// </summary>
    public IReadOnlyList<TrainingSetup> Ways(in TrainingSetup setup, RowWords words)
    {
        var stated = setup;
        var stack = profile.Stacks.Find(words.Stack);
        var traits = stack.Memory;
        if (words.CompileOpen && stack.Time.Kernels == "compiled")
            stated = stated with { Compile = true };
        Precision[] precisions = !words.MayBePure || traits.SeparateMasterWeights ? [setup.Precision]
            : traits.PureBf16 ? [Precision.Bf16Pure]
            : [setup.Precision, Precision.Bf16Pure];
        Recomputation[] recomputations = !words.RecomputationOpen ? [setup.Recomputation]
            : setup.Tuning.HasAdapters ? [Recomputation.Full, setup.Recomputation]
            : [setup.Recomputation, Recomputation.Full];
        return [.. recomputations.SelectMany(
            _ => precisions, (recomputation, precision) => stated with { Precision = precision, Recomputation = recomputation })];
    }
}

/// <summary>What a row leaves open of its run that memory depends on.</summary>
/// <param name="Stack">Software stack in the row's words; null when unknown.</param>
/// <param name="MayBePure">True where it only says "bf16".</param>
/// <param name="RecomputationOpen">True where it does not say what is recomputed.</param>
/// <param name="CompileOpen">True where it does not say whether a compiler is used: then it is if the stack is known to use one.</param>
/// <param name="Notes">What else its source says, which may name a library of fused kernels.</param>
public readonly record struct RowWords(string? Stack, bool MayBePure, bool RecomputationOpen, bool CompileOpen = false,
    string? Notes = null)
{
    /// <summary>What an observation leaves open.</summary>
    public static RowWords Of(Observation observation) =>
        new(observation.Stack.Name, observation.Recipe.MayBePure, observation.Recipe.Recomputation is null,
            observation.Stack.Compile is null,
            observation.Notes);
}
