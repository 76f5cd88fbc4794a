using System.Text.Json.Serialization;

namespace SlmPlanner.Core.Training;

/// <summary>How the cross-entropy over the vocabulary is computed, which decides how many copies of the logits are alive.</summary>
public enum LossKernel
{
    /// <summary>Hugging Face's eager loss: logits, log-softmax, its incoming and its outgoing gradient, four copies.</summary>
    [JsonStringEnumMemberName("eager")] Eager,

    /// <summary>A plain loss that lets go of the logits: logits, softmax and gradient, three copies.</summary>
    [JsonStringEnumMemberName("direct")] Direct,

    /// <summary>Megatron's vocabulary-parallel loss: fp32 copy made softmax in place, 16-bit logits and their gradient; 8 bytes.</summary>
    [JsonStringEnumMemberName("vocab_parallel")] VocabParallel,

    /// <summary>
    /// A fused kernel that writes the gradient over the logits (FlashAttention's, Apex's): 16-bit logits and one copy; 4 bytes.
    /// </summary>
    [JsonStringEnumMemberName("in_place")] InPlace,

    /// <summary>The head and the loss as one kernel that works through chunks of tokens (Liger's, torchtune's): no whole logits.</summary>
    [JsonStringEnumMemberName("fused_linear")] FusedLinear,
}
