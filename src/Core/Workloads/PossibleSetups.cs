using SlmPlanner.Core.Measurements;
using SlmPlanner.Core.Training;

namespace SlmPlanner.Core.Workloads;

/// <summary>
/// Every way of running a step that an observation leaves open, all equally likely: what is unknown is averaged over, not invented.
/// </summary>
internal static class PossibleSetups
{
    private const double SmallModel = 7e8;
    private const int UsualPerNode = 8;

    /// <summary>
    /// The month of PyTorch 2.0, from which <c>zero_grad</c> frees gradients unless told otherwise (release notes of 2.0, "Set
    /// zero_grad's set_to_none to True by default").
    /// </summary>
    private const string FreedSince = "2023-03";

    private static readonly int[] SmallTokens = [4096, 8192, 16384, 32768, 65536];
    private static readonly int[] LargeTokens = [2048, 4096, 8192, 16384, 32768];
    private static readonly int[] Lengths = [512, 1024, 2048, 4096];
    private static readonly int[] Accumulations = [1, 4, 16];
    private static readonly Scheme[] Schemes = [Scheme.Ddp, Scheme.Zero1];
    private static readonly AttentionKind[] Attentions = [AttentionKind.Flash, AttentionKind.Vanilla];

    /// <summary>The setups, at least one, and the names of the fields that are averaged over.</summary>
    /// <param name="observation">The observation.</param>
    /// <param name="stack">What its stack does unless the observation says otherwise.</param>
    /// <param name="parameters">Parameters of its model; small models are run with more tokens per pass.</param>
    public static (IReadOnlyList<TrainingSetup> Setups, IReadOnlyList<string> Open) Of(
        Observation observation, SoftwareStack stack, double parameters)
    {
        var (recipe, machine) = (observation.Recipe, observation.Machine);
        var open = new List<string>();
        var tokens = parameters < SmallModel ? SmallTokens : LargeTokens;
        int[] lengths = recipe.SeqLen is { } length ? [length] : Open("seq_len", Lengths);
        (int SeqLen, int MicroBatch)[] batches = recipe.MicroBatch is { } stated ? [.. lengths.Select(seqLen => (seqLen, stated))]
            : Open("micro_batch_per_gpu", [.. lengths.SelectMany(seqLen =>
                tokens.Select(count => (seqLen, Math.Max(1, count / seqLen))).Distinct())]);
        int[] accumulations = recipe.GradAccum is { } steps ? [steps] : Open("grad_accum", Accumulations);
        AttentionKind[] attentions = recipe.Attention is { } kind ? [kind] : Open("attention", Attentions);
        Scheme[] schemes = observation.Mesh.Scheme is { } known ? [known]
            : machine.Gpus == 1 ? [Scheme.Ddp] : Open("parallelism", Schemes);
        var precision = recipe.Precision ?? Precision.Bf16Mixed;
        var recomputation = recipe.Recomputation ?? Recomputation.None;
        var perNode = Math.Min(machine.GpusPerNode ?? UsualPerNode, machine.Gpus);
        var setups =
            from batch in batches
            from accumulation in accumulations
            from attention in attentions
            from scheme in schemes
            select new TrainingSetup(batch.SeqLen, batch.MicroBatch, accumulation, LayoutOf(scheme), precision,
                attention, recomputation, observation.Stack.Compile ?? KernelStyles.Compiles(stack.Time.Kernels))
            {
                Optimizer = recipe.Update ?? default,
                Tuning = recipe.Tuning ?? default,
                Loss = recipe.Loss is { } form ? new(form) : default,
                Offload = recipe.Offload ?? default,
                EvalBatch = recipe.EvalBatch ?? 0,
                KeepsGradients = !stack.Memory.FreesGradients && IsBeforeTorch2(observation.From.Date),
            };
        return ([.. setups], open);

        Layout LayoutOf(Scheme scheme) =>
            (scheme is { Name: SchemeName.Zero1, Group: 0 } && observation.Mesh.Zero1Ranks is { } ranks ? scheme with { Group = ranks }
            : scheme == Scheme.Zero1 && stack.Zero1InNode ? Scheme.Zero1InNode(machine.Gpus, perNode)
            : scheme).On(machine.Gpus, perNode) with { BalancedStages = stack.Time.BalancesStages };

        // A year alone tells nothing.
        static bool IsBeforeTorch2(string? date) => date is { Length: >= 7 }
            && string.CompareOrdinal(date, 0, FreedSince, 0, FreedSince.Length) < 0;

        T[] Open<T>(string field, T[] values)
        {
            if (values.Length > 1)
                open.Add(field);
            return values;
        }
    }
}
