namespace SlmPlanner.Core.Memory.Components;

/// <summary>
/// The numbers of the memory model that no document gives. <c>slm-calibrate fit-memory</c> fits them within the bounds of
/// <see cref="Fitting.MemoryBounds"/>; the result lies in <c>profiles/fit/memory.json</c>.
/// </summary>
/// <param name="ContextBytes">The device's context and libraries.</param>
/// <param name="CollectiveBytes">Buffers of the collectives' library for each group in which a rank talks to others.</param>
/// <param name="Slack">What the caching allocator holds beyond live tensors, as a share of those that come and go. A compiler plans its
/// buffers and needs none.</param>
/// <param name="CompiledLogitBytes">Bytes per logit of a compiled loss.</param>
/// <param name="PointwiseGeluTensors">Tensors that a written-out GELU saves.</param>
/// <param name="BackwardShare">Gradients of activations alive while a block is differentiated, as a multiple of what its feed-forward and
/// residual stream are known to hold.</param>
public sealed record MemoryConstants(
    double ContextBytes,
    double CollectiveBytes,
    double Slack,
    double CompiledLogitBytes,
    double PointwiseGeluTensors,
    double BackwardShare = 0)
{
    /// <summary>
    /// What documents suggest, taken where nothing was fitted: 0.6 GiB of context, 0.2 GiB for NCCL, 3 % of slack, 9 bytes of a
    /// compiled logit (16 bits, fp32 softmax, a gradient between), six tensors of GELU (input, its half, cube, tanh, one plus tanh,
    /// output), as many gradients as the kernels are known to hold.
    /// </summary>
    public static MemoryConstants Documented { get; } = new(
        ContextBytes: 0.6 * (1L << 30),
        CollectiveBytes: 0.2 * (1L << 30),
        Slack: 0.03,
        CompiledLogitBytes: 9,
        PointwiseGeluTensors: 6,
        BackwardShare: 1);
}
