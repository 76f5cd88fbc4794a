using SlmPlanner.Core.Models.Blocks;
using SlmPlanner.Core.Training;
using SlmPlanner.Core.Units;

namespace SlmPlanner.Core.Models;

/// <summary>
/// Matrix-multiply operations per token, by component; a multiply-add is two. Norms, activations and the softmax are
/// left out: they are bound by memory, not by arithmetic. Source: Chowdhery et al. 2022 (PaLM), appendix B, with the
/// output head and grouped queries counted as they are, of experts those that a token is sent to.
/// </summary>
/// <param name="Qkv">Query, key and value projections: 2 · d · (a + 2 · a_kv) · HeadDim per block.</param>
/// <param name="Scores">QKᵀ and the weighted sum of values: 4 · s · a · HeadDim per block, half of it when causal; a window bounds s.</param>
/// <param name="AttentionOut">Output projection: 2 · a · HeadDim · d per block.</param>
/// <param name="Ffn">Two or three matrices of d × f: 2 · d · f each, per block, shared experts included.</param>
/// <param name="Logits">Output head: 2 · d · V, and the two projections of a factorised embedding.</param>
public readonly record struct FlopCount(Flops Qkv, Flops Scores, Flops AttentionOut, Flops Ffn, Flops Logits)
{
    /// <summary>State spaces and other recurrences: 2 per parameter of their matrices, and the recurrence itself.</summary>
    public Flops Recurrence { get; init; }

    /// <summary>What sends tokens to experts: 2 · d · E per block.</summary>
    public Flops Router { get; init; }

    /// <summary>The experts that a token is sent to: 2 · d · f · k for each matrix of an expert, per block.</summary>
    public Flops Experts { get; init; }

    /// <summary>All components.</summary>
    public Flops Total => Qkv + Scores + AttentionOut + Ffn + Logits + Recurrence + Router + Experts;

    /// <summary>Every component scaled.</summary>
    public static FlopCount operator *(FlopCount count, double factor) =>
        new(count.Qkv * factor, count.Scores * factor, count.AttentionOut * factor, count.Ffn * factor, count.Logits * factor)
        {
            Recurrence = count.Recurrence * factor,
            Router = count.Router * factor,
            Experts = count.Experts * factor,
        };

    /// <summary>Operations per token of the forward pass.</summary>
    /// <param name="shape">A valid shape.</param>
    /// <param name="seqLen">Tokens per sequence, s ≥ 1.</param>
    /// <param name="causal">True when only the past is attended to, so that a token sees s / 2 others on average.</param>
    public static FlopCount Forward(TransformerShape shape, int seqLen, bool causal = true)
    {
        double d = shape.DModel;
        var blocks = shape.Blocks.Kinds;
        var uses = blocks
            .SelectMany(kind => kind.Block.Matrices(shape.DModel), (kind, matrix) => (kind.Count, Matrix: matrix))
            .ToLookup(entry => entry.Matrix.Use, entry => 2.0 * entry.Count * entry.Matrix.ActiveParameters);
        var mixers = blocks.SelectMany(kind => kind.Block.Mixers, (kind, mixer) => (kind.Count, Mixer: mixer)).ToList();
        return new(
            Qkv: Of(MatrixUse.MixerIn),
            Scores: new(mixers.Sum(entry => entry.Mixer.Core is { } core ? 4 * entry.Count * Seen(core) * core.ScoreWidth : 0)),
            AttentionOut: Of(MatrixUse.MixerOut),
            Ffn: Of(MatrixUse.FeedForward),
            Logits: new(shape.EmbeddingWidth is { } width ? 2.0 * width * shape.Vocab + 4 * d * width : 2 * d * shape.Vocab))
        {
            Recurrence = new(Of(MatrixUse.Recurrence).Count + mixers.Sum(entry => entry.Count * entry.Mixer.StateFlops)),
            Router = Of(MatrixUse.Router),
            Experts = Of(MatrixUse.Expert),
        };

        Flops Of(MatrixUse use) => new(uses[use].Sum());
        double Seen(AttentionCore core) => AttentionCore.SeenTokens(seqLen, core.Window) * (causal ? 0.5 : 1);
    }

    /// <summary>Operations per token of the backward pass: each multiply has two gradients, so twice the forward pass.</summary>
    public static FlopCount Backward(TransformerShape shape, int seqLen, bool causal = true) => Forward(shape, seqLen, causal) * 2;

    /// <summary>
    /// Operations per token of a step that trains a part of the parameters: frozen multiplies have no gradient by their weight, blocks below
    /// the first trained one no backward pass, and adapters of rank r beside k × n multiply 2·r·(k + n) more, with their gradients three times.
    /// </summary>
    /// <param name="shape">A valid shape.</param>
    /// <param name="seqLen">Tokens per sequence.</param>
    /// <param name="tuning">Which parameters are trained.</param>
    internal static FlopCount Tuned(TransformerShape shape, int seqLen, in Tuning tuning)
    {
        if (!tuning.Freezes)
            return Training(shape, seqLen);
        var (work, forward) = (TrainedWork.Of(tuning, shape.Layers), Forward(shape, seqLen));
        var blocks = forward * work.MultiplyPasses;
        var sides = tuning.HasAdapters ? AdapterSites.Of(shape).Of(tuning.Targets) : default;
        return blocks with
        {
            Scores = forward.Scores * work.Passes(backward: 2),
            Ffn = blocks.Ffn + new Flops(3 * 2 * tuning.Rank * (sides.Inputs + sides.Outputs)),
            Logits = forward.Logits * work.HeadPasses,
        };
    }

    /// <summary>Operations per token of forward and backward together: what model FLOPs utilisation is measured against.</summary>
    public static FlopCount Training(TransformerShape shape, int seqLen, bool causal = true) => Forward(shape, seqLen, causal) * 3;
}
