using System.Text.Json.Serialization;

namespace SlmPlanner.Core.Models;

/// <summary>Normalisation of queries and keys before the scores.</summary>
public enum QkNormKind
{
    /// <summary>None.</summary>
    [JsonStringEnumMemberName("none")] None,

    /// <summary>One set of scales for all heads: 2 · HeadDim parameters per block (Qwen 3, Gemma 3).</summary>
    [JsonStringEnumMemberName("per_head")] PerHead,

    /// <summary>Over the whole projection: (a + a_kv) · HeadDim parameters per block (OLMo 2).</summary>
    [JsonStringEnumMemberName("full")] Full,
}
