using static TorchSharp.torch;

namespace SlmPlanner.Calibrator.Bursts;

/// <summary>
/// Where the staged pass gets parameters from and where gradients go: the one seam at which data-parallel and sharded
/// training differ from one rank.
/// </summary>
internal interface IParameterStore : IDisposable
{
    /// <summary>
    /// Ranks whose gradients are added up, ≥ 1. A micro-batch's loss is weighed by one over these, so that sums are means and no
    /// gradient is scaled afterwards.
    /// </summary>
    int Ranks { get; }

    /// <summary>The full parameters of a unit as leaves that require gradients, gathered first where they are sharded.</summary>
    IReadOnlyList<Tensor> Acquire(int unit);

    /// <summary>
    /// The unit is not needed until it is acquired again: a sharded store may free it. After a forward pass without
    /// recomputation the graph still holds its leaves; after <see cref="GradientsReady"/> nothing does.
    /// </summary>
    void Release(int unit);

    /// <summary>
    /// The unit's gradients of this micro-batch are in its leaves' <c>grad</c>: the bucket point of DDP and the
    /// reduce-scatter point of sharding. Units arrive last block first, the root last.
    /// </summary>
    /// <param name="unit">The unit.</param>
    /// <param name="lastMicroBatch">True in the step's last micro-batch.</param>
    void GradientsReady(int unit, bool lastMicroBatch);

    /// <summary>Waits for outstanding communication, so that the step's gradients are complete.</summary>
    void CompleteGradients();

    /// <summary>Updates the parameters by the complete gradients and forgets these.</summary>
    void Step();

    /// <summary>
    /// Square root of the sum of squares of the complete gradients, over all ranks' shards; call before <see cref="Step"/>.
    /// </summary>
    double GradientNorm();
}
