namespace SlmPlanner.Core.Hardware;

/// <summary>A micro-benchmark of fused causal attention, forward and backward.</summary>
/// <param name="ElementBytes">Bytes of one element: 4 in fp32, 2 in 16-bit formats.</param>
/// <param name="SeqLen">Queries, and keys, of one head.</param>
/// <param name="HeadDim">Width of a head.</param>
/// <param name="SecondsPerProduct">Seconds over heads · SeqLen² · HeadDim.</param>
public sealed record FusedAttentionSample(int ElementBytes, int SeqLen, int HeadDim, double SecondsPerProduct);
