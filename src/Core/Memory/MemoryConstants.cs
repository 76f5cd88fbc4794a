namespace SlmPlanner.Core.Memory;

/// <summary>
/// The five numbers of the memory model that no document gives. Fitted on 2026-11-24 to the 99 published rows with a
/// peak in <c>profiles/validation/measured.csv</c> by bounded least squares on the logarithm of the peak (soft-L1 loss,
/// stacks weighted by the root of their row count), with a one-sided penalty for each row that ran and is predicted
/// above 97.5 % of its device. Mean absolute error when the constants are fitted without a row's own software stack
/// 5.8 %, without its source 5.7 %, without its model 5.6 %; in sample 5.3 %.
/// </summary>
/// <param name="ContextBytes">CUDA context and libraries: 0.3 to 1.2 GiB allowed, as drivers of different ages take.</param>
/// <param name="CollectiveBytes">NCCL's buffers with more than one rank: 0 to 0.4 GiB allowed.</param>
/// <param name="Slack">What the caching allocator holds beyond live tensors, as a share of those that come and go: 0 to 0.12 allowed. A compiler plans its buffers and needs none.</param>
/// <param name="CompiledLogitBytes">Bytes per logit of a compiled loss: 6 to 12 allowed (16-bit logits, fp32 softmax, a gradient in 16 or 32 bits).</param>
/// <param name="PointwiseGeluTensors">Tensors that a written-out GELU saves: 2 to 6 allowed, fitted at the bound (input, its half, cube, tanh, one plus tanh, output).</param>
public sealed record MemoryConstants(
    double ContextBytes,
    double CollectiveBytes,
    double Slack,
    double CompiledLogitBytes,
    double PointwiseGeluTensors)
{
    /// <summary>The fitted values.</summary>
    public static MemoryConstants Fitted { get; } = new(
        ContextBytes: 0.520 * (1L << 30),
        CollectiveBytes: 0.192 * (1L << 30),
        Slack: 0.0805,
        CompiledLogitBytes: 9.05,
        PointwiseGeluTensors: 6);

    /// <summary>
    /// Standard deviation of the logarithm of the peak over rows of stacks that were left out of the fit: what a verdict
    /// of "fits" should keep in hand.
    /// </summary>
    public const double LogSpread = 0.072;
}
