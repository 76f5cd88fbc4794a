using CsCheck;
using SlmPlanner.Core.Models;

namespace SlmPlanner.Tests.Models;

public sealed class FlopCountTests
{
    private static readonly TransformerShape Gpt2 = ShippedModels.Catalog.Find("gpt2");

    /// <summary>PaLM appendix B: 6 per matrix parameter and 12 · L · a · HeadDim · s per token, attention not halved.</summary>
    [Fact]
    public void Training_flops_are_six_per_matrix_parameter_and_twelve_per_score()
    {
        var matrixParameters = 12.0 * 12 * 768 * 768 + 50257.0 * 768;
        Assert.Equal(6 * matrixParameters + 12.0 * 12 * 768 * 1024, FlopCount.Training(Gpt2, 1024, causal: false).Total.Count, 1.0);
    }

    [Fact]
    public void Causal_attention_halves_the_scores_and_nothing_else()
    {
        var (causal, full) = (FlopCount.Forward(Gpt2, 1024), FlopCount.Forward(Gpt2, 1024, causal: false));
        Assert.Equal(full with { Scores = full.Scores * 0.5 }, causal);
    }

    [Fact]
    public void Backward_is_twice_forward() =>
        Assert.Equal(2 * FlopCount.Forward(Gpt2, 512).Total.Count, FlopCount.Backward(Gpt2, 512).Total.Count);

    [Fact]
    public void Grouped_queries_cut_the_projection_but_not_the_scores()
    {
        var tiny = ShippedModels.Catalog.Find("tinyllama-1.1b");
        var (grouped, full) = (FlopCount.Forward(tiny, 2048), FlopCount.Forward(tiny with { KvHeads = tiny.Heads }, 2048));
        Assert.Equal(full.Scores, grouped.Scores);
        Assert.Equal(full.Qkv.Count * (32 + 2 * 4) / (32 * 3), grouped.Qkv.Count, 1.0);
    }

    [Fact]
    public void Longer_sequences_never_cost_less_per_token() =>
        Gen.Select(Gen.Int[1, 100_000], Gen.Int[1, 100_000]).Sample((one, other) =>
            FlopCount.Forward(Gpt2, Math.Min(one, other)).Total.Count <= FlopCount.Forward(Gpt2, Math.Max(one, other)).Total.Count);
}
