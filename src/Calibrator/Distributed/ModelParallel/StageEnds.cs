using TorchSharp;
using static TorchSharp.torch;

namespace SlmPlanner.Calibrator.Distributed.ModelParallel;

/// <summary>
/// A part of a pass between two cuts of the graph: its input as a leaf, its output with the graph. Messages between ranks go between parts, and the
/// backward pass hands gradients from part to part, without hooks, which TorchSharp does not have.
/// </summary>
/// <param name="Input">The leaf.</param>
/// <param name="Output">What follows from it.</param>
internal readonly record struct StageEnds(Tensor Input, Tensor Output)
{
    /// <summary>Runs a part on values.</summary>
    public static StageEnds Of(Tensor values, Func<Tensor, Tensor> part)
    {
        var leaf = values.detach().requires_grad_(true);
        return new(leaf, part(leaf));
    }

    /// <summary>Runs it backward; the gradient of its input.</summary>
    public Tensor Backward(Tensor gradient)
    {
        Output.backward([gradient]);
        return Input.grad!;
    }
}
