using System.Text.Json;
using SlmPlanner.Core;
using SlmPlanner.Core.Models;
using SlmPlanner.Core.Models.Blocks;
using SlmPlanner.Core.Training;
using SlmPlanner.Data.Measurements.Bursts;

namespace SlmPlanner.Calibrator.Bursts;

/// <summary>
/// Reads a spec from JSON: snake_case keys, nothing unknown, and every problem in one message. Left out, these stand:
/// n_kv_heads = n_heads; d_ffn = 4·d_model; ffn_kind swiglu; no experts and no windows; tied_embeddings true; grad_accum 1; precision fp32;
/// attention flash; recomputation none; parallelism single; steps 10; warmup 3; seed 1; threads = the machine's.
/// </summary>
internal static class BurstSpecReader
{
    /// <summary>Reads the file at <paramref name="path"/>.</summary>
    /// <exception cref="InputException">Missing, not JSON, or an impossible spec.</exception>
    public static BurstSpec ReadFile(string path)
    {
        if (!File.Exists(path))
            throw new InputException($"{path}: no such file");
        return Parse(File.ReadAllText(path), path);
    }

    /// <summary>Reads a spec from text.</summary>
    /// <param name="json">The text.</param>
    /// <param name="source">Its name for messages.</param>
    /// <exception cref="InputException">Not JSON, or an impossible spec; the message lists every problem.</exception>
    public static BurstSpec Parse(string json, string source)
    {
        using var document = ParseDocument(json, source);
        if (document.RootElement.ValueKind != JsonValueKind.Object)
            throw new InputException($"{source}: a burst spec is a JSON object");
        var fields = new SpecFields(document.RootElement);
        var spec = Read(fields);
        fields.RefuseUnread();
        BurstSpecRules.Check(spec, fields.Problems);
        if (fields.Problems.Count > 0)
            throw new InputException($"{source}: {string.Join("; ", fields.Problems)}");
        return spec;
    }

    private static BurstSpec Read(SpecFields fields)
    {
        var dModel = fields.Integer("d_model");
        var heads = fields.Integer("n_heads");
        return new()
        {
            NLayers = fields.Integer("n_layers"),
            DModel = dModel,
            NHeads = heads,
            NKvHeads = fields.Integer("n_kv_heads", heads),
            DFfn = fields.Integer("d_ffn", dModel > 0 ? (int)Math.Min(4L * dModel, int.MaxValue) : SpecFields.Placeholder),
            FfnKind = fields.Choice("ffn_kind", FfnKind.Swiglu, ("swiglu", FfnKind.Swiglu), ("gelu", FfnKind.Gelu)),
            Vocab = fields.Integer("vocab"),
            TiedEmbeddings = fields.Flag("tied_embeddings", true),
            Experts = fields.Part("experts", part => new ExpertLayers(
                part.Integer("count"), part.Integer("per_token"), part.Integer("width"), part.Integer("shared_width", 0),
                part.Integer("dense_layers", 0))),
            Windows = fields.Part("windows", part => new WindowLayers(part.Integer("tokens"), part.Integer("full_every", 0))),
            SeqLen = fields.Integer("seq_len"),
            MicroBatch = fields.Integer("micro_batch"),
            GradAccum = fields.Integer("grad_accum", 1),
            Precision = fields.Choice("precision", BurstPrecision.Fp32, ("fp32", BurstPrecision.Fp32), ("bf16", BurstPrecision.Bf16)),
            Attention = fields.Choice("attention", AttentionKind.Flash, ("flash", AttentionKind.Flash), ("vanilla", AttentionKind.Vanilla)),
            Recomputation = fields.Choice(
                "recomputation", Recomputation.None,
                ("none", Recomputation.None), ("attention", Recomputation.Attention), ("full", Recomputation.Full)),
            Parallelism = fields.Choice("parallelism", BurstParallelism.OneRank,
                ("single", BurstParallelism.OneRank), ("ddp", BurstParallelism.Ddp), ("zero1", BurstParallelism.Zero1),
                ("zero2", BurstParallelism.Zero2),
                ("fsdp_full", BurstParallelism.FsdpFull), ("hsdp", BurstParallelism.Hsdp)),
            Steps = fields.Integer("steps", 10),
            Warmup = fields.Integer("warmup", 3),
            Seed = fields.Integer("seed", 1),
            Threads = fields.Integer("threads", Environment.ProcessorCount),
        };
    }

    private static JsonDocument ParseDocument(string json, string source)
    {
        try
        {
            return JsonDocument.Parse(json, new JsonDocumentOptions { AllowDuplicateProperties = false });
        }
        catch (JsonException exception)
        {
            throw new InputException($"{source}: not JSON: {exception.Message}", exception);
        }
    }
}
