using System.Globalization;
using System.Text.RegularExpressions;
using SlmPlanner.Core;
using SlmPlanner.Core.Measurements;
using SlmPlanner.Core.Models;
using SlmPlanner.Core.Models.Blocks;
using SlmPlanner.Core.Training;

namespace SlmPlanner.Data.Measurements;

/// <summary>
/// What the words in measurement files mean, with one table for each field. Null where nothing is stated; an unknown word is an error.
/// </summary>
internal static partial class FieldWords
{
    private const string PureFp16 =
        "fp16-pure, pure fp16, fp16-true, true fp16, 16-true, float16-pure, pure float16, fp16 O3, amp O3, apex O3";

    /// <summary>Plain 16-bit names mean mixed precision, which is what sources mean by them.</summary>
    private static readonly WordTable<Precision> Precisions = new(
        "precision", "bf16, bf16-mixed, bf16-pure, fp16, fp16-mixed, fp16-pure, fp8, fp8-mixed, mxfp8, nvfp4, tf32, fp32",
        (Precision.Bf16Mixed, "bf16, bfloat16, bf16-mixed, bfloat16-mixed, mixed bf16, mixed bfloat16, amp bf16, amp bfloat16, bf16 amp, "
            + "bfloat16 amp, autocast bf16, bf16 autocast, bf16 mixed precision, bfloat16 mixed precision, mixed precision bf16, "
            + "mixed precision bfloat16, bf16/fp32, fp32/bf16"),
        (Precision.Bf16Pure, "bf16-pure, bf16-true, pure bf16, true bf16, full bf16, bf16 only, bfloat16-pure, bfloat16-true, "
            + "pure bfloat16, " + PureFp16),
        (Precision.Fp16Mixed, "fp16, float16, fp16-mixed, float16-mixed, 16-mixed, mixed fp16, mixed float16, amp fp16, amp float16, "
            + "fp16 amp, float16 amp, autocast fp16, fp16 autocast, fp16 mixed precision, float16 mixed precision, mixed precision fp16, "
            + "fp16/fp32, fp32/fp16, fp16 O1, fp16 O2, fp16-mixed O1, fp16-mixed O2, amp O1, amp O2, apex O1, apex O2"),
        (Precision.Fp8Mixed, "fp8, float8, fp8-mixed, mixed fp8, fp8 mixed precision, fp8 e4m3, fp8 hybrid, fp8/bf16, bf16/fp8, "
            + "fp8 tensorwise, fp8 rowwise, fp8 blockwise, fp8 delayed scaling, fp8 current scaling"),
        (Precision.Mxfp8Mixed, "mxfp8, mxfp8-mixed, mixed mxfp8, mxfp8/bf16"),
        (Precision.Nvfp4Mixed, "nvfp4, nvfp4-mixed, mixed nvfp4, nvfp4/bf16"),
        (Precision.Tf32, "tf32, tf32/fp32, fp32/tf32, fp32 with tf32, tensorfloat32"),
        (Precision.Fp32, "fp32, float32, full fp32, fp32 full, fp32-true, 32-true, single precision"));

    private static readonly WordTable<bool> PureFp16Words = new("precision", "fp16-pure", (true, PureFp16));

    /// <summary>The kernel's name is a group of the fit, so each has one spelling there.</summary>
    private static readonly WordTable<(AttentionKind Kind, string Kernel)> Attentions = new(
        "attention", "flash, flash2, flash3, sdpa, flash(cudnn), flex, triton, memory-efficient, vanilla",
        ((AttentionKind.Flash, "flash"), "flash, flash attention, flash attn, fa, fused, te, transformer engine, te fused"),
        ((AttentionKind.Flash, "flash1"), "flash1, fa1, flash attention 1, flash attn 1, flash v1, flash attention v1"),
        ((AttentionKind.Flash, "flash2"), "flash2, fa2, flash attention 2, flash attn 2, flash v2, flash attention v2, flash attn v2"),
        ((AttentionKind.Flash, "flash3"), "flash3, fa3, flash attention 3, flash attn 3, flash v3, flash attention v3, flash attn v3"),
        ((AttentionKind.Flash, "sdpa"), "sdpa, sdpa flash, flash sdpa, torch sdpa, pytorch sdpa, scaled dot product attention"),
        ((AttentionKind.Flash, "flash(cudnn)"), "flash(cudnn), cudnn, cudnn flash, cudnn attention, cudnn fused, sdpa cudnn, cudnn sdpa"),
        ((AttentionKind.Flash, "flex"), "flex, flex attention, flex attn"),
        ((AttentionKind.Flash, "triton"), "triton, flash triton, triton flash"),
        ((AttentionKind.Flash, "memory-efficient"), "memory-efficient, memory-efficient attention, mem efficient, mem eff, efficient, "
            + "efficient attention, xformers, sdpa efficient, sdpa mem efficient"),
        ((AttentionKind.Vanilla, "vanilla"), "vanilla, naive, no flash, without flash, unfused, not fused"),
        ((AttentionKind.Vanilla, "math"), "math, sdpa math"),
        ((AttentionKind.Vanilla, "eager"), "eager"),
        ((AttentionKind.Vanilla, "standard"), "standard"));

    /// <summary>What counts is whether the first layer has a gate.</summary>
    private static readonly WordTable<FfnKind> FeedForwards = new(
        "ffn_kind", "gelu, relu, relu2, silu, swiglu, geglu, reglu",
        (FfnKind.Gelu, "gelu, gelu new, gelu tanh, gelu pytorch tanh, gelu fast, gelu python, gelu accurate, gelu approx, tanh gelu, "
            + "quick gelu, relu, relu2, squared relu, relu squared, sqrelu, silu, swish"),
        (FfnKind.Swiglu, "swiglu, geglu, reglu, glu, gated, gated silu, gated swish, gated gelu, gated relu, silu gated, gelu gated"));

    private static readonly WordTable<MemoryUnit> MemoryUnits = new(
        "peak_mem_unit", "GB, GiB, MB, MiB, 1000MiB, B",
        (MemoryUnit.Gigabyte, "GB"), (MemoryUnit.Gibibyte, "GiB"), (MemoryUnit.Mebibyte, "MiB"), (MemoryUnit.Byte, "B, byte, bytes"),
        (MemoryUnit.Megabyte, "MB"), (MemoryUnit.ThousandMebibytes, "1000MiB"));

    private static readonly WordTable<MemoryKind> MemoryKinds = new(
        "peak_mem_kind", "allocated, reserved, device, process",
        (MemoryKind.Allocated, "allocated"), (MemoryKind.Reserved, "reserved"), (MemoryKind.Device, "device"),
        (MemoryKind.Process, "process"));

    private static readonly WordTable<FitOutcome> Verdicts = new(
        "fits", "yes, no, borderline, ?",
        (FitOutcome.Yes, "yes, true, fits, ok"), (FitOutcome.Borderline, "borderline"),
        (FitOutcome.No, "no, false, oom, out of memory"));

    private static readonly WordTable<Recomputation> Recomputations = new(
        "activation_checkpointing", "none, attention, selective, full",
        (Recomputation.None, "none, no, false, off, 0, disabled, without, no checkpointing, no activation checkpointing, "
            + "no gradient checkpointing, no recompute, no recomputation"),
        (Recomputation.Selective, "selective, sel, selective op, selective per op, op, per op, per operation, op level, partial, "
            + "every 2nd layer, every second layer, every other layer, every 2nd block, every second block, every other block"),
        (Recomputation.Attention, "attention, attn, core attention, core attn"),
        (Recomputation.Full, "full, yes, true, on, 1, enabled, all, block, blocks, per block, full block, layer, per layer, every layer, "
            + "every block, uniform, full uniform, activation checkpointing, gradient checkpointing, checkpointing, recompute, "
            + "recomputation, full recompute, full recomputation"));

    /// <summary>Whether a compiler fuses kernels; one that always compiles counts as yes.</summary>
    private static readonly WordTable<bool> Compilers = new(
        "compile", "yes, no",
        (true, "yes, true, 1, on, xla, compile, compiled, torch compile, inductor, torch inductor, max autotune, "
            + "max autotune no cudagraphs, reduce overhead"),
        (false, "no, false, 0, off, none, eager, not compiled, no compile"));

    private static readonly WordTable<bool> Ties = new(
        "tied_embeddings", "yes, no", (true, "yes, true, 1, tied, shared"), (false, "no, false, 0, untied, not tied, separate"));

    /// <summary>The number format. Pure fp16 has the bytes of pure bf16 and counts as it.</summary>
    public static Precision? PrecisionOf(string? word) => Stated(word) is { } stated ? Precisions.Of(stated) : null;

    /// <summary>True for a word that says 16-bit floats throughout, and floats of the older kind; else null.</summary>
    public static bool? IsPureFp16(string? word) => word is not null && PureFp16Words.TryFind(word, out _) ? true : null;

    /// <summary>True where a source says "bf16" and no more: most stacks mean mixed precision by it, some keep no fp32 copy.</summary>
    public static bool MayBePure(string? word) => word is not null && PlainWord.Of(word) == "bf16";

    /// <summary>Fused or explicit attention.</summary>
    public static AttentionKind? AttentionOf(string? word) => Stated(word) is { } stated ? Attentions.Of(stated).Kind : null;

    /// <summary>The attention kernel by its one name; null where the word is none that is known.</summary>
    public static string? AttentionKernelOf(string? word) =>
        Stated(word) is { } stated && Attentions.TryFind(stated, out var found) ? found.Kernel : null;

    /// <summary>The feed-forward network.</summary>
    public static FfnKind? FfnKindOf(string? word) => Stated(word) is { } stated ? FeedForwards.Of(stated) : null;

    /// <summary>The unit of a peak.</summary>
    public static MemoryUnit? MemoryUnitOf(string? word) => Stated(word) is { } stated ? MemoryUnits.Of(stated) : null;

    /// <summary>What a peak counts.</summary>
    public static MemoryKind? MemoryKindOf(string? word) => Stated(word) is { } stated ? MemoryKinds.Of(stated) : null;

    /// <summary>Whether a run fitted its device; null where nobody knows.</summary>
    public static FitOutcome? VerdictOf(string? word) => Stated(word) is { } stated ? Verdicts.Of(stated) : null;

    /// <summary>What the backward pass computes again.</summary>
    public static Recomputation? RecomputationOf(string? word) => Stated(word) is { } stated ? Recomputations.Of(stated) : null;

    /// <summary>Whether a compiler fuses kernels.</summary>
    public static bool? CompileOf(string? word) => Stated(word) is { } stated ? Compilers.Of(stated) : null;

    /// <summary>Whether the head shares the embedding table.</summary>
    public static bool? TiedOf(string? word) => Stated(word) is { } stated ? Ties.Of(stated) : null;

    /// <summary>Whether notes say that tensor-parallel ranks divide the rest of a block by tokens; null where they don't.</summary>
    public static bool? SequenceParallelOf(string? notes) =>
        notes is null ? null
        : notes.Contains("without SP", StringComparison.Ordinal) ? false
        : SequenceParallel().IsMatch(notes) ? true : null;

    [GeneratedRegex(@"\+SP\b|\bwith SP\b|sequence[- ]parallel(ism)? (on|yes|true)", RegexOptions.IgnoreCase)]
    private static partial Regex SequenceParallel();

    /// <summary>How the loss goes over tokens; null where the word is none that is known.</summary>
    public static LossForm? LossOf(string? word) => Lower(word) switch
    {
        "whole" => LossForm.Whole,
        "chunked" => LossForm.Chunked,
        "fused" => LossForm.Fused,
        _ => null,
    };

    /// <summary>What waits in the host's memory; null where the word is none that is known.</summary>
    public static Offload? OffloadOf(string? word) => Lower(word) switch
    {
        "none" => Offload.None,
        "activations" => Offload.Activations,
        _ => null,
    };

    /// <summary>
    /// Ranks of the groups that ZeRO-1 shards over, as files without the column <c>zero1_ranks</c> have it: in notes that say
    /// <c>zero1=N</c>; 0 for N = -1, one group of all; null where they don't.
    /// </summary>
    public static int? Zero1RanksOf(string? notes) => notes is not null && Zero1Group().Match(notes) is { Success: true } match
        ? Math.Max(0, int.Parse(match.Groups["ranks"].Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture))
        : null;

    [GeneratedRegex(@"\bzero1=(?<ranks>-?\d{1,6})\b")]
    private static partial Regex Zero1Group();

    private static string? Stated(string? word) => word is null || PlainWord.IsUnstated(word) ? null : word.Trim();

    private static string? Lower(string? word) => string.IsNullOrWhiteSpace(word) ? null : word.Trim().ToLowerInvariant();
}
