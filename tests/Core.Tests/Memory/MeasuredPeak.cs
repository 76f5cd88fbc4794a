using System.Globalization;
using SlmPlanner.Core.Memory;
using SlmPlanner.Core.Models;
using SlmPlanner.Core.Training;
using Sylvan.Data.Csv;

namespace SlmPlanner.Tests.Memory;

/// <summary>One measured row as far as memory needs it. Absent fields take the value that needs least, so that a verdict of "does not fit" is never an artefact of a gap.</summary>
/// <param name="Id">The row.</param>
/// <param name="Source">Who published it: the first word of its source, without a revision.</param>
/// <param name="Stack">Its software stack.</param>
/// <param name="Gpu">Its device.</param>
/// <param name="Shape">Its model.</param>
/// <param name="Setup">Its configuration.</param>
/// <param name="PeakGib">Its peak, or null where none was reported.</param>
/// <param name="Outlier">True where the notes say not to fit the row.</param>
internal sealed record MeasuredPeak(string Id, string Source, string Stack, string Gpu, TransformerShape Shape, TrainingSetup Setup, double? PeakGib, bool Outlier)
{
    /// <summary>Every row whose model and micro-batch are known.</summary>
    public static IReadOnlyList<MeasuredPeak> ReadAll(string path, MemoryStacks stacks)
    {
        using var reader = CsvDataReader.Create(path);
        var rows = new List<MeasuredPeak>();
        while (reader.Read())
        {
            string Text(string column) => reader.GetString(reader.GetOrdinal(column));
            int? Count(string column) => int.TryParse(Text(column), CultureInfo.InvariantCulture, out var value) ? value : null;
            if (Count("n_layers") is not { } layers || Count("d_model") is not { } width || Count("n_heads") is not { } heads || Count("d_ffn") is not { } ffn
                || Count("vocab") is not { } vocab || Count("seq_len") is not { } seqLen || Count("micro_batch_per_gpu") is not { } microBatch)
                continue;
            var gated = Text("ffn_kind") == "swiglu";
            var shape = new TransformerShape
            {
                Name = Text("model_name"), Layers = layers, DModel = width, Heads = heads, KvHeads = Count("n_kv_heads") ?? heads,
                HeadDim = width / heads, DFfn = ffn, FfnKind = gated ? FfnKind.Swiglu : FfnKind.Gelu, Vocab = vocab,
                TiedEmbeddings = Text("tied_embeddings") != "no", Norm = gated ? NormKind.RmsNorm : NormKind.LayerNorm, MaxPositions = seqLen,
            };
            var stack = Text("stack");
            var setup = new TrainingSetup(
                seqLen, microBatch, Count("grad_accum") ?? 1, SchemeOf(Text("parallelism")).On(Count("n_gpus") ?? 1, Count("gpus_per_node") ?? 8),
                PrecisionOf(Text("precision"), stacks.Of(stack)),
                Text("attention") == "vanilla" ? AttentionKind.Vanilla : AttentionKind.Flash,
                Text("activation_checkpointing") switch { "full" => Recomputation.Full, "selective" => Recomputation.Selective, _ => Recomputation.None },
                Text("compile") is "yes" or "xla");
            double? peak = double.TryParse(Text("peak_mem_gb"), CultureInfo.InvariantCulture, out var gib) ? gib : null;
            rows.Add(new(Text("id"), Text("source").Split(' ', '@')[0], stack, Text("gpu"), shape, setup, peak, Text("notes").Contains("do not fit", StringComparison.Ordinal)));
        }

        return rows;
    }

    private static Scheme SchemeOf(string text) => text switch
    {
        "zero(deepspeed)" => Scheme.Zero2,
        "" or "single" => Scheme.Ddp,
        _ => Scheme.Parse(text),
    };

    private static Precision PrecisionOf(string text, MemoryTraits traits) => text switch
    {
        "fp32" => Precision.Fp32,
        "tf32" or "fp32(tf32)" => Precision.Tf32,
        "bf16-pure" => Precision.Bf16Pure,
        "fp16" or "fp16-mixed" => Precision.Fp16Mixed,
        "fp8" or "fp8-mixed" => Precision.Fp8Mixed,
        "bf16-mixed" => Precision.Bf16Mixed,
        _ => traits.PureBf16 ? Precision.Bf16Pure : Precision.Bf16Mixed,
    };
}
