using SlmPlanner.Core.Performance;
using SlmPlanner.Core.Training;

namespace SlmPlanner.Core.Calibration;

/// <summary>Every way of running a step that a record leaves open, all equally likely: what is unknown is averaged over, not invented.</summary>
internal static class PossibleSetups
{
    private const double SmallModel = 7e8;
    private static readonly int[] _smallTokens = [4096, 8192, 16384, 32768, 65536];
    private static readonly int[] _largeTokens = [2048, 4096, 8192, 16384, 32768];
    private static readonly int[] _accumulations = [1, 4, 16];
    private static readonly Scheme[] _schemes = [Scheme.Ddp, Scheme.Zero1];
    private static readonly AttentionKind[] _attentions = [AttentionKind.Flash, AttentionKind.Vanilla];

    /// <summary>The setups, at least one, and the names of the fields that are averaged over.</summary>
    /// <param name="record">The record.</param>
    /// <param name="stack">What its stack does unless the record says otherwise.</param>
    /// <param name="parameters">Parameters of its model; small models are run with more tokens per pass.</param>
    /// <exception cref="InputException">A word in the record is unknown.</exception>
    public static (IReadOnlyList<TrainingSetup> Setups, IReadOnlyList<string> Open) Of(MeasurementRecord record, StackTraits stack, double parameters)
    {
        var open = new List<string>();
        var tokens = parameters < SmallModel ? _smallTokens : _largeTokens;
        int[] batches = record.MicroBatch is { } micro ? [micro]
            : Open("micro_batch_per_gpu", [.. tokens.Select(count => Math.Max(1, count / record.SeqLen)).Distinct()]);
        int[] accumulations = record.GradAccum is { } steps ? [steps] : Open("grad_accum", _accumulations);
        AttentionKind[] attentions = FieldWords.AttentionOf(record.Attention) is { } kind ? [kind] : Open("attention", _attentions);
        Scheme[] schemes = FieldWords.ParallelismOf(record.Parallelism) is { } stated ? [stated]
            : record.Gpus == 1 ? [Scheme.Ddp] : Open("parallelism", _schemes);
        var precision = FieldWords.PrecisionOf(record.Precision) ?? Precision.Bf16Mixed;
        var recomputation = FieldWords.RecomputationOf(record.Recomputation);
        var perNode = Math.Min(record.GpusPerNode ?? 8, record.Gpus);
        int? zero1Ranks = FieldWords.Zero1RanksOf(record.Notes);
        var setups =
            from batch in batches
            from accumulation in accumulations
            from attention in attentions
            from scheme in schemes
            select new TrainingSetup(record.SeqLen, batch, accumulation, LayoutOf(scheme), precision,
                attention, recomputation, record.Compile ?? false);
        return ([.. setups], open);

        Layout LayoutOf(Scheme scheme) =>
            (scheme != Scheme.Zero1 ? scheme
            : zero1Ranks is { } ranks ? Scheme.Zero1 with { Group = ranks }
            : stack.Zero1InNode ? Scheme.Zero1InNode(record.Gpus, perNode)
            : scheme).On(record.Gpus, perNode);

        T[] Open<T>(string field, T[] values)
        {
            if (values.Length > 1)
                open.Add(field);
            return values;
        }
    }
}
