using System.Numerics;
using System.Text.Json.Serialization;

namespace SlmPlanner.Core.Training;

/// <summary>How output head and loss go over the tokens of a micro-batch.</summary>
public enum LossForm
{
    /// <summary>As the stack has it: mostly all tokens at once.</summary>
    [JsonStringEnumMemberName("whole")] Whole,

    /// <summary>
    /// Chunks one after another, whose logits are dropped and computed again in the backward pass: a checkpoint around each chunk's head
    /// and loss.
    /// </summary>
    [JsonStringEnumMemberName("chunked")] Chunked,

    /// <summary>
    /// Chunks whose gradients are worked out in the forward pass, so that no product is done twice (Hsu et al. 2024, Liger Kernel, section
    /// 3.2).
    /// </summary>
    [JsonStringEnumMemberName("fused")] Fused,
}

/// <summary>How output head and loss go over the tokens, and in how many chunks.</summary>
/// <param name="Form">The form; the default is the stack's own.</param>
/// <param name="Chunks">Chunks of <see cref="LossForm.Chunked"/>, ≥ 1; 0 for <see cref="UsualChunks"/>. Other forms don't read it.</param>
public readonly record struct LossChunking(LossForm Form, int Chunks = 0)
{
    /// <summary>Chunks where none are stated: torchtune's <c>num_output_chunks</c>.</summary>
    public const int UsualChunks = 8;

    /// <summary>True where the stack's own form is taken.</summary>
    public bool IsWhole => Form == LossForm.Whole;

    /// <summary>
    /// Tokens of one chunk. A fused loss takes the power of two from tokens/⌈V/d⌉ on, so that a chunk's logits are about as large as the
    /// hidden states (Liger Kernel, <c>fused_linear_cross_entropy.py</c>, <c>chunk_size</c>).
    /// </summary>
    /// <param name="tokens">Tokens of one micro-batch on one rank, &gt; 0.</param>
    /// <param name="vocab">Words of the head, &gt; 0.</param>
    /// <param name="width">Width of the hidden states, &gt; 0.</param>
    public double ChunkTokens(double tokens, double vocab, double width)
    {
        var chunks = Form switch
        {
            LossForm.Whole => 1,
            LossForm.Fused => Math.Ceiling(vocab / width),
            _ => Chunks > 0 ? Chunks : UsualChunks,
        };
        var tokensEach = Math.Ceiling(tokens / chunks);
        return Math.Min(tokens, Form == LossForm.Fused ? BitOperations.RoundUpToPowerOf2((ulong)tokensEach) : tokensEach);
    }

    /// <summary>Chunks that a micro-batch has.</summary>
    /// <inheritdoc cref="ChunkTokens"/>
    public double Count(double tokens, double vocab, double width) => Math.Ceiling(tokens / ChunkTokens(tokens, vocab, width));
}
