using SlmPlanner.Data.Measurements.Bursts;

namespace SlmPlanner.Calibrator.Bursts;

/// <summary>What makes a spec impossible to run, each with the value and what is allowed.</summary>
internal static class BurstSpecRules
{
    /// <summary>Adds one phrase per broken rule.</summary>
    public static void Check(BurstSpec spec, List<string> problems)
    {
        void Range(string name, int value, int least, int most)
        {
            if (value != SpecFields.Placeholder && (value < least || value > most))
                problems.Add($"{name} is {value}; {least} to {most} is allowed");
        }

        Range("n_layers", spec.NLayers, 1, 1000);
        Range("d_model", spec.DModel, 1, 65536);
        Range("n_heads", spec.NHeads, 1, 1024);
        Range("n_kv_heads", spec.NKvHeads, 1, 1024);
        Range("d_ffn", spec.DFfn, 1, 1 << 20);
        Range("vocab", spec.Vocab, 2, 1 << 20);
        Range("seq_len", spec.SeqLen, 1, 1 << 20);
        Range("micro_batch", spec.MicroBatch, 1, 1 << 16);
        Range("grad_accum", spec.GradAccum, 1, 1 << 16);
        Range("steps", spec.Steps, 1, 100_000);
        Range("warmup", spec.Warmup, 0, 10_000);
        Range("threads", spec.Threads, 1, 4096);
        if (spec.Experts is { } experts)
        {
            Range("experts: count", experts.Count, 1, 4096);
            Range("experts: per_token", experts.PerToken, 1, Math.Clamp(experts.Count, 1, 4096));
            Range("experts: width", experts.Width, 1, 1 << 20);
            Range("experts: shared_width", experts.SharedWidth, 0, 1 << 20);
            Range("experts: dense_layers", experts.DenseLayers, 0, 1000);
        }
        if (spec.Windows is { } windows)
        {
            Range("windows: tokens", windows.Tokens, 1, 1 << 20);
            Range("windows: full_every", windows.FullEvery, 0, 1000);
        }
        CheckHeads(spec, problems);
    }

    private static void CheckHeads(BurstSpec spec, List<string> problems)
    {
        if (spec.NHeads < 1 || spec.DModel < 1)
            return;
        if (spec.DModel % spec.NHeads != 0)
            problems.Add($"n_heads is {spec.NHeads} and does not divide d_model {spec.DModel}");
        else if (spec.FfnKind == Core.Models.Blocks.FfnKind.Swiglu && spec.HeadDim % 2 != 0)
            problems.Add($"d_model / n_heads is {spec.HeadDim}; rotary positions need an even head size");
        if (spec.NKvHeads >= 1 && spec.NHeads % spec.NKvHeads != 0)
            problems.Add($"n_kv_heads is {spec.NKvHeads} and does not divide n_heads {spec.NHeads}");
    }
}
