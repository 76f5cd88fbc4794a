using SlmPlanner.Core;
using SlmPlanner.Core.Measurements;
using SlmPlanner.Core.Models;
using SlmPlanner.Core.Models.Blocks;
using SlmPlanner.Core.Time;
using SlmPlanner.Core.Training;
using SlmPlanner.Data.Csv;
using SlmPlanner.Data.Measurements;
using SlmPlanner.Data.Profiles;

namespace SlmPlanner.Tests.Measurements;

/// <summary>Fields are written in many ways; what is not plain stays refused.</summary>
public sealed class FieldWordsTests
{
    [Theory]
    [InlineData("pure bf16", Precision.Bf16Pure)]
    [InlineData("fp16-pure", Precision.Bf16Pure)]
    [InlineData("Pure FP16", Precision.Bf16Pure)]
    [InlineData("bf16 (AMP)", Precision.Bf16Mixed)]
    [InlineData("amp bf16", Precision.Bf16Mixed)]
    [InlineData("mixed bf16", Precision.Bf16Mixed)]
    [InlineData("bf16_mixed", Precision.Bf16Mixed)]
    [InlineData("bf16 mixed precision", Precision.Bf16Mixed)]
    [InlineData("bf16/fp32", Precision.Bf16Mixed)]
    [InlineData("fp16 AMP", Precision.Fp16Mixed)]
    [InlineData("fp16-mixed (O2)", Precision.Fp16Mixed)]
    [InlineData("float32", Precision.Fp32)]
    [InlineData("FP8 (E4M3)", Precision.Fp8Mixed)]
    [InlineData("fp8 hybrid", Precision.Fp8Mixed)]
    [InlineData("tf32/fp32", Precision.Tf32)]
    [InlineData("fp32(tf32)", Precision.Tf32)]
    [InlineData("unknown", null)]
    public void Precisions(string word, Precision? precision) => Assert.Equal(precision, FieldWords.PrecisionOf(word));

    [Theory]
    [InlineData("mixed")]
    [InlineData("int8")]
    [InlineData("fp4")]
    [InlineData("MXFP4")]
    public void What_is_no_precision_of_ours_is_refused_with_the_words_that_are(string word) => Assert.StartsWith(
        $"precision '{word}' is unknown; allowed bf16, bf16-mixed, bf16-pure, fp16",
        Assert.Throws<InputException>(() => FieldWords.PrecisionOf(word)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("flash_attention_2", AttentionKind.Flash, "flash2")]
    [InlineData("fa2", AttentionKind.Flash, "flash2")]
    [InlineData("FA-3", AttentionKind.Flash, "flash3")]
    [InlineData("fa1", AttentionKind.Flash, "flash1")]
    [InlineData("FlashAttention", AttentionKind.Flash, "flash")]
    [InlineData("flash-attn", AttentionKind.Flash, "flash")]
    [InlineData("TransformerEngine", AttentionKind.Flash, "flash")]
    [InlineData("sdpa (flash)", AttentionKind.Flash, "sdpa")]
    [InlineData("cuDNN", AttentionKind.Flash, "flash(cudnn)")]
    [InlineData("flex_attention", AttentionKind.Flash, "flex")]
    [InlineData("xformers", AttentionKind.Flash, "memory-efficient")]
    [InlineData("mem_efficient", AttentionKind.Flash, "memory-efficient")]
    [InlineData("naive", AttentionKind.Vanilla, "vanilla")]
    [InlineData("no flash", AttentionKind.Vanilla, "vanilla")]
    [InlineData("-", null, null)]
    public void Attention_and_its_kernel(string word, AttentionKind? kind, string? kernel) =>
        Assert.Equal((kind, kernel), (FieldWords.AttentionOf(word), FieldWords.AttentionKernelOf(word)));

    [Theory]
    [InlineData("ring")]
    [InlineData("paged")]
    [InlineData("none")]
    public void What_is_no_kernel_of_training_is_refused(string word) =>
        Assert.Throws<InputException>(() => FieldWords.AttentionOf(word));

    [Theory]
    [InlineData("true", Recomputation.Full)]
    [InlineData("on", Recomputation.Full)]
    [InlineData("1", Recomputation.Full)]
    [InlineData("activation checkpointing", Recomputation.Full)]
    [InlineData("uniform", Recomputation.Full)]
    [InlineData("off", Recomputation.None)]
    [InlineData("0", Recomputation.None)]
    [InlineData("per-op", Recomputation.Selective)]
    [InlineData("every 2nd layer", Recomputation.Selective)]
    [InlineData("attention", Recomputation.Attention)]
    [InlineData("?", null)]
    public void What_is_computed_again(string word, Recomputation? recomputation) =>
        Assert.Equal(recomputation, FieldWords.RecomputationOf(word));

    [Theory]
    [InlineData("torch.compile", true)]
    [InlineData("max-autotune", true)]
    [InlineData("reduce-overhead", true)]
    [InlineData("inductor", true)]
    [InlineData("xla", true)]
    [InlineData("eager", false)]
    [InlineData("unknown", null)]
    [InlineData("n/a", null)]
    public void Compilers(string word, bool? compiles) => Assert.Equal(compiles, FieldWords.CompileOf(word));

    [Theory]
    [InlineData("squared relu", FfnKind.Gelu)]
    [InlineData("relu^2", FfnKind.Gelu)]
    [InlineData("swish", FfnKind.Gelu)]
    [InlineData("gelu_pytorch_tanh", FfnKind.Gelu)]
    [InlineData("Swi-GLU", FfnKind.Swiglu)]
    public void Feed_forward_networks(string word, FfnKind kind) => Assert.Equal(kind, FieldWords.FfnKindOf(word));

    /// <summary>Fits group rows by the kernel's word: those that are fitted keep it as it stands in their file.</summary>
    [Theory]
    [MemberData(nameof(Files))]
    public void Shipped_rows_keep_the_kernel_and_the_scheme_that_they_state(string file)
    {
        using var rows = CsvRows.Open(Path.Combine(Repository.Profiles, "validation", file));
        var (attention, parallelism) = (rows.Optional("attention"), rows.Optional("parallelism"));
        while (rows.Next())
        {
            if (rows.Text(attention) is { Length: > 0 } kernel)
                Assert.Equal(kernel.ToLowerInvariant(), FieldWords.AttentionKernelOf(kernel));
            var written = rows.Text(parallelism);
            if (written.StartsWith("zero", StringComparison.Ordinal) && !written.Contains("distopt", StringComparison.Ordinal)
                && written is not ("zero3" or "zero(deepspeed)"))
                Assert.Equal((Scheme.Parse(written), null), SchemeWords.Of(written));
        }
    }

    public static TheoryData<string> Files() =>
        ["measured.csv", "measured_2.csv", "measured_3.csv", "memory_reports.csv", "parallel.csv"];

    /// <summary>A V100 has no bf16, and pure fp16 runs at its fp16 rate all the same: two bytes an element, no fp32 copy.</summary>
    [Fact]
    public void Pure_fp16_is_kept_as_pure_bf16_and_multiplied_as_fp16()
    {
        var device = ProfileStore.Open(Repository.Profiles).Devices.Find("V100-32GB");
        var (rates, taken) = DeviceRates.Nearest(device, Precision.Bf16Pure, Precision.Fp16Mixed)!.Value;
        Assert.Equal((Precision.Fp16Mixed, true, 2.0), (taken, rates.IsPure, rates.ElementBytes));
        Assert.Equal(device.Fp16Tflops * 1e12, rates.MatmulFlops);
        Assert.Equal(Precision.Fp32, DeviceRates.Nearest(device, Precision.Bf16Pure)!.Value.Multiplied);
        Assert.True(FieldWords.IsPureFp16("fp16-true"));
        Assert.Null(FieldWords.IsPureFp16("bf16-true"));
    }
}
