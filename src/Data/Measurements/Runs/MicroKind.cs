namespace SlmPlanner.Data.Measurements.Runs;

/// <summary>The terms that micro-benchmarks separate.</summary>
public enum MicroKind
{
    /// <summary>(m × k)(k × n): extents m, k, n.</summary>
    Matmul,

    /// <summary>Fused causal attention, forward and backward: extents batch·heads, sequence, head size.</summary>
    FlashAttention,

    /// <summary>Explicit causal attention, forward and backward: the same extents.</summary>
    VanillaAttention,

    /// <summary>a += b over vectors: extent elements.</summary>
    Elementwise,

    /// <summary>One operator on one element: no extents.</summary>
    Launch,

    /// <summary>One fused AdamW update: extent parameters.</summary>
    Optimizer,

    /// <summary>Output head and cross-entropy, forward and backward: extents tokens, width, vocabulary.</summary>
    Logits,
}
