using SlmPlanner.Calibrator.Bursts;
using SlmPlanner.Calibrator.Distributed.Collectives;
using SlmPlanner.Data.Measurements.Bursts;
using TorchSharp;
using static TorchSharp.torch;

namespace SlmPlanner.Calibrator.Distributed.ModelParallel;

/// <summary>A decoder whose multiplies and words ranks share: every rank sees every token.</summary>
internal sealed class TensorParallelModel : IModelPart
{
    private readonly TensorSlices _slices;
    private readonly VocabularyParallelEnds _ends;
    private readonly TensorParallelBlock _block;
    private readonly List<List<Tensor>> _units = [];
    private readonly AdamW _optimizer;

    /// <summary>Draws the whole model by the spec's seed and keeps this rank's part.</summary>
    /// <param name="spec">The whole model: gated, in fp32, with a head of its own; heads, words and feed-forward divide among the ranks.</param>
    /// <param name="decoder">It.</param>
    /// <param name="device">Where it runs.</param>
    /// <param name="group">The ranks.</param>
    public TensorParallelModel(BurstSpec spec, Decoder decoder, Device device, ICollectives group)
    {
        (_slices, _ends, _block) = (new(spec, group.Rank, group.Size), new(spec, group), new(spec, device, group));
        var unit = 0;
        foreach (var whole in InitialParameters.DrawUnits(decoder, spec.Seed, device))
        {
            _units.Add([.. whole.Select((tensor, slot) => Leaf(_slices.Of(tensor.detach(), unit, slot)))]);
            foreach (var tensor in whole)
                tensor.Dispose();
            unit++;
        }
        _optimizer = new AdamW([.. _units.SelectMany(tensors => tensors)], new AdamWSettings());
    }

    /// <inheritdoc/>
    public IEnumerable<(int Unit, int Slot, Tensor Own)> Parameters =>
        _units.SelectMany((tensors, unit) => tensors.Select((own, slot) => (unit, slot, own)));

    /// <inheritdoc/>
    public Tensor Slice(Tensor whole, int unit, int slot) => _slices.Of(whole, unit, slot);

    /// <inheritdoc/>
    public double Pass(IReadOnlyList<(Tensor Tokens, Tensor Targets)> microBatches) =>
        microBatches.Sum(batch => Pass(batch.Tokens, batch.Targets, 1.0 / microBatches.Count) / microBatches.Count);

    /// <inheritdoc/>
    public void Step()
    {
        using var scope = NewDisposeScope();
        _optimizer.Step([.. Parameters.Select(parameter => parameter.Own.grad!)]);
        foreach (var (_, _, own) in Parameters)
            own.grad = null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _optimizer.Dispose();
        foreach (var (_, _, own) in Parameters)
            own.Dispose();
    }

    private double Pass(Tensor tokens, Tensor targets, double weight)
    {
        using var scope = NewDisposeScope();
        var embedded = _ends.Embed(tokens, _units[0]);
        var x = embedded.Output;
        var back = new Stack<Func<Tensor, Tensor>>();
        foreach (var unit in _units.Skip(1))
        {
            var (output, backward) = _block.Forward(x, unit);
            x = output;
            back.Push(backward);
        }
        var (loss, fromLoss) = _ends.Loss(x, targets, _units[0]);
        var gradient = fromLoss(weight);
        while (back.TryPop(out var backward))
            gradient = backward(gradient);
        embedded.Backward(gradient);
        return loss;
    }

    private static Tensor Leaf(Tensor part) => part.requires_grad_(true).DetachFromDisposeScope();
}
