using System.Globalization;
using System.Text.RegularExpressions;
using SlmPlanner.Core;
using SlmPlanner.Core.Measurements;
using SlmPlanner.Core.Models;
using SlmPlanner.Core.Models.Blocks;
using SlmPlanner.Core.Training;

namespace SlmPlanner.Data.Measurements;

/// <summary>What the words in measurement files mean. Null where the word is empty; an unknown word is an error.</summary>
internal static partial class FieldWords
{
    /// <summary>The number format. Plain 16-bit names mean mixed precision, which is what sources mean by them.</summary>
    public static Precision? PrecisionOf(string? word) => Lower(word) switch
    {
        null => null,
        "bf16" or "bfloat16" or "bf16-mixed" or "amp_bf16" => Precision.Bf16Mixed,
        "bf16-pure" or "bf16-true" => Precision.Bf16Pure,
        "fp16" or "float16" or "fp16-mixed" or "amp_fp16" => Precision.Fp16Mixed,
        "fp8" or "fp8-mixed" => Precision.Fp8Mixed,
        "mxfp8" or "mxfp8-mixed" => Precision.Mxfp8Mixed,
        "nvfp4" or "nvfp4-mixed" => Precision.Nvfp4Mixed,
        "tf32" or "fp32(tf32)" => Precision.Tf32,
        "fp32" => Precision.Fp32,
        _ => throw new InputException(
            $"precision '{word}' is unknown; allowed bf16, bf16-mixed, bf16-pure, fp16, fp16-mixed, fp8, fp8-mixed, mxfp8, nvfp4, tf32, "
            + $"fp32"),
    };

    /// <summary>Fused or explicit attention.</summary>
    public static AttentionKind? AttentionOf(string? word) => Lower(word) switch
    {
        null => null,
        "vanilla" or "math" or "eager" or "standard" => AttentionKind.Vanilla,
        "flash" or "flash1" or "flash2" or "flash3" or "sdpa" or "flex" or "flash(cudnn)" or "triton" or "memory-efficient"
            => AttentionKind.Flash,
        _ => throw new InputException($"attention '{word}' is unknown; allowed flash, flash2, flash3, sdpa, flex, triton, vanilla"),
    };

    /// <summary>True where a source says "bf16" and no more: most stacks mean mixed precision by it, some keep no fp32 copy.</summary>
    public static bool MayBePure(string? word) => Lower(word) == "bf16";

    /// <summary>The feed-forward network: what counts is whether its first layer has a gate.</summary>
    public static FfnKind? FfnKindOf(string? word) => Lower(word) switch
    {
        null => null,
        "gelu" or "relu" or "relu2" or "relu^2" or "silu" => FfnKind.Gelu,
        "swiglu" or "geglu" or "reglu" => FfnKind.Swiglu,
        _ => throw new InputException($"ffn_kind '{word}' is unknown; allowed gelu, relu, relu2, silu, swiglu, geglu, reglu"),
    };

    /// <summary>The unit of a peak.</summary>
    public static MemoryUnit? MemoryUnitOf(string? word) => Lower(word) switch
    {
        null => null,
        "gb" => MemoryUnit.Gigabyte,
        "gib" => MemoryUnit.Gibibyte,
        "mib" => MemoryUnit.Mebibyte,
        "b" or "bytes" => MemoryUnit.Byte,
        "mb" => MemoryUnit.Megabyte,
        "1000mib" => MemoryUnit.ThousandMebibytes,
        _ => throw new InputException($"peak_mem_unit '{word}' is unknown; allowed GB, GiB, MB, MiB, 1000MiB, B"),
    };

    /// <summary>What a peak counts.</summary>
    public static MemoryKind? MemoryKindOf(string? word) => Lower(word) switch
    {
        null => null,
        "allocated" => MemoryKind.Allocated,
        "reserved" => MemoryKind.Reserved,
        "device" => MemoryKind.Device,
        "process" => MemoryKind.Process,
        _ => throw new InputException($"peak_mem_kind '{word}' is unknown; allowed allocated, reserved, device, process"),
    };

    /// <summary>Whether a run fitted its device; null where nobody knows.</summary>
    public static FitOutcome? VerdictOf(string? word) => Lower(word) switch
    {
        null or "?" => null,
        "yes" => FitOutcome.Yes,
        "borderline" => FitOutcome.Borderline,
        "no" => FitOutcome.No,
        _ => throw new InputException($"fits '{word}' is unknown; allowed yes, no, borderline, ?"),
    };

    /// <summary>The sharding scheme; <c>single</c> is data parallelism of one.</summary>
    public static Scheme? ParallelismOf(string? word) => AxesOf(Lower(word)) switch
    {
        null => null,
        "single" or "none" or "dp" => Scheme.Ddp,
        "zero(deepspeed)" => Scheme.Zero2,
        "fsdp" or "zero3" => Scheme.FsdpFull,
        { } written => Scheme.Parse(written),
    };

    /// <summary>
    /// Other spellings of axes in the written form: <c>dp4_tp2_pp1_zero1</c>, <c>zero1-distopt(dp4)</c> (ZeRO-1 by Megatron's name), and
    /// <c>vp=2</c> for the parts of an interleaved pipeline.
    /// </summary>
    private static string? AxesOf(string? word)
    {
        if (word is null)
            return null;
        if (UnderscoredAxes().IsMatch(word))
            word = string.Join('+', word.Split('_').Where(part => !part.StartsWith("dp", StringComparison.Ordinal)).Select(
                part => part.StartsWith("zero", StringComparison.Ordinal) ? part : $"{part[..2]}({part[2..]})"));
        return ChunkCount().Replace(word.Replace("-distopt", "", StringComparison.Ordinal), "+vp($1)");
    }

    /// <summary>Whether notes say that tensor-parallel ranks divide the rest of a block by tokens; null where they don't.</summary>
    public static bool? SequenceParallelOf(string? notes) =>
        notes is null ? null
        : notes.Contains("without SP", StringComparison.Ordinal) ? false
        : SequenceParallel().IsMatch(notes) ? true : null;

    [GeneratedRegex(@"^dp\d+(_(tp|pp|cp|ep|zero)\d+)+$")]
    private static partial Regex UnderscoredAxes();

    [GeneratedRegex(@"\s+vp=(\d+)")]
    private static partial Regex ChunkCount();

    [GeneratedRegex(@"\+SP\b|\bwith SP\b|sequence[- ]parallel(ism)? (on|yes|true)", RegexOptions.IgnoreCase)]
    private static partial Regex SequenceParallel();

    public static Recomputation? RecomputationOf(string? word) => Lower(word) switch
    {
        null => null,
        "none" or "no" => Recomputation.None,
        "selective" => Recomputation.Selective,
        "attention" => Recomputation.Attention,
        "full" or "yes" => Recomputation.Full,
        _ => throw new InputException($"activation_checkpointing '{word}' is unknown; allowed none, attention, selective, full"),
    };

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

    private static string? Lower(string? word) => string.IsNullOrWhiteSpace(word) ? null : word.Trim().ToLowerInvariant();
}
