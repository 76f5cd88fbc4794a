using TorchSharp;
using static TorchSharp.torch;

namespace SlmPlanner.Calibrator.Bursts;

/// <summary>
/// A block whose attention core (scores, softmax, mixed values) is computed again in its backward pass: the graph is cut before and after
/// the core, and only queries, keys, values and the mixed values are kept (Korthikanti et al. 2022, section 5).
/// </summary>
internal sealed class PartedBlock
{
    private readonly DecoderBlock _block;
    private readonly Tensor[] _projected;
    private readonly Tensor[] _leaves;
    private readonly Tensor _mixed;

    /// <summary>Runs the block forward.</summary>
    /// <param name="block">Its functions.</param>
    /// <param name="input">A leaf.</param>
    /// <param name="unit">Its parameters.</param>
    public PartedBlock(DecoderBlock block, Tensor input, IReadOnlyList<Tensor> unit)
    {
        _block = block;
        var (query, key, value) = block.Project(input, unit);
        _projected = [query, key, value];
        _leaves = [.. _projected.Select(each => each.detach().requires_grad_(true))];
        using (no_grad())
            _mixed = Mix();
        _mixed.requires_grad_(true);
        Output = block.Finish(input, _mixed, unit);
    }

    /// <summary>The block's output.</summary>
    public Tensor Output { get; }

    /// <summary>Carries the gradient of the output back to the input, and frees everything that was kept.</summary>
    public void Backward(Tensor gradient)
    {
        StagedPass.Backward(Output, gradient);
        StagedPass.Backward(Mix(), _mixed.grad!);
        Tensor[] gradients = [.. _leaves.Select(leaf => leaf.grad!)];
        autograd.backward(_projected, gradients);
        foreach (var tensor in gradients.Concat(_leaves).Concat(_projected).Append(_mixed))
            tensor.Dispose();
    }

    private Tensor Mix() => _block.Mix(_leaves[0], _leaves[1], _leaves[2]);
}
