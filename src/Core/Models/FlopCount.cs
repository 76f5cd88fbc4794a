using SlmPlanner.Core.Units;

namespace SlmPlanner.Core.Models;

/// <summary>
/// Matrix-multiply operations per token, by component; a multiply-add is two. Norms, activations and the softmax are
/// left out: they are bound by memory, not by arithmetic. Source: Chowdhery et al. 2022 (PaLM), appendix B, with the
/// output head and grouped queries counted as they are.
/// </summary>
/// <param name="Qkv">Query, key and value projections: 2 · d · (a + 2 · a_kv) · HeadDim per block.</param>
/// <param name="Scores">QKᵀ and the weighted sum of values: 4 · s · a · HeadDim per block, half of it when causal.</param>
/// <param name="AttentionOut">Output projection: 2 · a · HeadDim · d per block.</param>
/// <param name="Ffn">Two or three matrices of d × f: 2 · d · f each, per block.</param>
/// <param name="Logits">Output head: 2 · d · V.</param>
public readonly record struct FlopCount(Flops Qkv, Flops Scores, Flops AttentionOut, Flops Ffn, Flops Logits)
{
    /// <summary>All components.</summary>
    public Flops Total => Qkv + Scores + AttentionOut + Ffn + Logits;

    /// <summary>Every component scaled.</summary>
    public static FlopCount operator *(FlopCount count, double factor) =>
        new(count.Qkv * factor, count.Scores * factor, count.AttentionOut * factor, count.Ffn * factor, count.Logits * factor);

    /// <summary>Operations per token of the forward pass.</summary>
    /// <param name="shape">A valid shape.</param>
    /// <param name="seqLen">Tokens per sequence, s ≥ 1.</param>
    /// <param name="causal">True when only the past is attended to, so that a token sees s / 2 others on average.</param>
    public static FlopCount Forward(TransformerShape shape, int seqLen, bool causal = true)
    {
        double d = shape.DModel, layers = shape.Layers;
        double query = (double)shape.Heads * shape.HeadDim, keyValue = 2.0 * shape.KvHeads * shape.HeadDim;
        double matrices = shape.FfnKind == FfnKind.Swiglu ? 3 : 2;
        return new(
            Qkv: new(layers * 2 * d * (query + keyValue)),
            Scores: new(layers * 4 * seqLen * query * (causal ? 0.5 : 1)),
            AttentionOut: new(layers * 2 * query * d),
            Ffn: new(layers * 2 * matrices * d * shape.DFfn),
            Logits: new(2 * d * shape.Vocab));
    }

    /// <summary>Operations per token of the backward pass: each multiply has two gradients, so twice the forward pass.</summary>
    public static FlopCount Backward(TransformerShape shape, int seqLen, bool causal = true) => Forward(shape, seqLen, causal) * 2;

    /// <summary>Operations per token of forward and backward together: what model FLOPs utilisation is measured against.</summary>
    public static FlopCount Training(TransformerShape shape, int seqLen, bool causal = true) => Forward(shape, seqLen, causal) * 3;
}
