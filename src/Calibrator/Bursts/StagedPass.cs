using SlmPlanner.Core.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace SlmPlanner.Calibrator.Bursts;

/// <summary>
/// Forward and backward pass of one micro-batch, block by block: each block's input is cut from the graph before it, and the
/// backward pass hands the gradient from block to block. One loop thus gives recomputation (only inputs are kept and the block
/// runs again), bucket points and gather/free points, without hooks, which TorchSharp does not have. The chain rule is
/// unchanged, so gradients are those of one backward call.
/// </summary>
internal sealed class StagedPass(Decoder decoder, IParameterStore parameters, Recomputation recomputation)
{
    private const int Root = 0;
    private readonly int _blocks = decoder.Units.Count - 1;

    /// <summary>
    /// Runs the micro-batch and leaves its gradients, times <paramref name="weight"/> over the store's ranks, in the parameter leaves.
    /// </summary>
    /// <param name="tokens">(batch, sequence).</param>
    /// <param name="targets">The next tokens.</param>
    /// <param name="weight">1 / micro-batches per step.</param>
    /// <param name="lastMicroBatch">Passed on to the store.</param>
    /// <param name="forwardDone">Called between forward and backward pass.</param>
    /// <returns>The mean loss of the micro-batch.</returns>
    public double Run(Tensor tokens, Tensor targets, double weight, bool lastMicroBatch, Action forwardDone)
    {
        using var scope = NewDisposeScope();
        var inputs = new Tensor[_blocks];
        var backward = new Action<Tensor>[_blocks];
        var root = parameters.Acquire(Root);
        var embedded = decoder.Embed(tokens, root);
        var x = embedded;
        for (var i = 0; i < _blocks; i++)
        {
            inputs[i] = Leaf(x, keep: i == 0 || recomputation != Recomputation.Full);
            (x, backward[i]) = Forward(i, inputs[i]);
            parameters.Release(i + 1);
        }
        var last = Leaf(x, keep: recomputation != Recomputation.Full);
        var loss = decoder.Loss(last, targets, root);
        forwardDone();

        var value = loss.ToDouble();
        Backward(loss, full([], weight / parameters.Ranks, dtype: loss.dtype, device: loss.device));
        var gradient = Pull(last);
        for (var i = _blocks - 1; i >= 0; i--)
        {
            parameters.Acquire(i + 1);
            backward[i](gradient);
            gradient = Pull(inputs[i]);
            parameters.GradientsReady(i + 1, lastMicroBatch);
            parameters.Release(i + 1);
        }
        Backward(embedded, gradient);
        parameters.GradientsReady(Root, lastMicroBatch);
        parameters.Release(Root);
        return value;
    }

    /// <summary>A block's output, and what carries the gradient of its output back to its input.</summary>
    private (Tensor Output, Action<Tensor> Backward) Forward(int block, Tensor input)
    {
        switch (recomputation)
        {
            case Recomputation.None:
                var kept = Block(block, input);
                return (kept, gradient => Backward(kept, gradient));
            case Recomputation.Attention:
                var parted = new PartedBlock(decoder.Blocks[block], input, parameters.Acquire(block + 1));
                return (parted.Output, parted.Backward);
            default:
                using (no_grad())
                    return (Block(block, input), gradient => Backward(Block(block, input), gradient));
        }
    }

    private Tensor Block(int block, Tensor input) => decoder.Blocks[block].Forward(input, parameters.Acquire(block + 1));

    /// <summary>The same values as a new leaf; <paramref name="x"/> itself is freed unless its graph is still needed.</summary>
    private static Tensor Leaf(Tensor x, bool keep)
    {
        var leaf = x.detach().requires_grad_(true);
        if (!keep)
            x.Dispose();
        return leaf;
    }

    /// <summary>Runs the recorded stage backward from the gradient of its end, and frees both.</summary>
    internal static void Backward(Tensor end, Tensor gradient)
    {
        end.backward([gradient]);
        end.Dispose();
        gradient.Dispose();
    }

    /// <summary>Takes the gradient of a stage's input and frees the input.</summary>
    private static Tensor Pull(Tensor input)
    {
        var gradient = input.grad!;
        input.Dispose();
        return gradient;
    }
}
