using SlmPlanner.Calibrator.Bursts;
using SlmPlanner.Calibrator.Distributed.Collectives;
using SlmPlanner.Calibrator.Distributed.DataParallel;
using SlmPlanner.Data.Measurements.Bursts;
using TorchSharp;
using static TorchSharp.torch;

namespace SlmPlanner.Calibrator.Distributed.ModelParallel;

/// <summary>
/// A block whose multiplies ranks share: attention and feed-forward each give a part of a sum, which is added up forward; the gradients of
/// their inputs are added up backward (Shoeybi et al. 2019, figure 3: g and f). Four all-reduces of what goes from block to block.
/// </summary>
/// <param name="spec">The whole model.</param>
/// <param name="device">Where it runs.</param>
/// <param name="group">The ranks.</param>
internal sealed class TensorParallelBlock(BurstSpec spec, Device device, ICollectives group)
{
    private const int AttentionAt = 1, SecondNormAt = 3, FeedForwardAt = 4;

    private readonly Norm _norm = new(spec);
    private readonly Attention _attention = new(spec, device, group.Size);
    private readonly FeedForward _feedForward = new(spec, spec.DFfn / group.Size);

    /// <summary>Runs it forward.</summary>
    /// <param name="x">What comes in.</param>
    /// <param name="unit">This rank's parameters.</param>
    /// <returns>What goes out, and how the gradient comes back.</returns>
    public (Tensor Output, Func<Tensor, Tensor> Backward) Forward(Tensor x, IReadOnlyList<Tensor> unit)
    {
        var first = Half(x, normed => _norm.Forward(normed, unit, 0), normed => _attention.Forward(normed, unit, AttentionAt));
        var second = Half(
            first.Output, middle => _norm.Forward(middle, unit, SecondNormAt), normed => _feedForward.Forward(normed, unit, FeedForwardAt));
        return (second.Output, gradient => first.Backward(second.Backward(gradient)));
    }

    /// <summary>x + Σ part(norm(x)) over the ranks.</summary>
    private (Tensor Output, Func<Tensor, Tensor> Backward) Half(Tensor x, Func<Tensor, Tensor> norm, Func<Tensor, Tensor> part)
    {
        var normed = StageEnds.Of(x, norm);
        var own = StageEnds.Of(normed.Output, part);
        return (x.detach() + Added(own.Output), gradient => gradient + normed.Backward(Added(own.Backward(gradient))));
    }

    private Tensor Added(Tensor own)
    {
        var sum = own.detach().contiguous().clone();
        group.Run(Collective.AllReduce(sum.Buffer()));
        return sum;
    }
}
