using SlmPlanner.Calibrator.Bursts;
using SlmPlanner.Calibrator.Distributed.Collectives;
using SlmPlanner.Calibrator.Distributed.DataParallel;
using SlmPlanner.Data.Measurements.Bursts;
using TorchSharp;
using static TorchSharp.torch;

namespace SlmPlanner.Calibrator.Distributed.ModelParallel;

/// <summary>
/// A decoder whose blocks ranks share as stages, equal numbers of them. All micro-batches go forward, then all backward (Huang et al. 2019,
/// GPipe): what is sent is the same as under 1F1B, which only keeps less. A message is a broadcast between two ranks.
/// </summary>
internal sealed class PipelineModel : IModelPart
{
    private readonly Decoder _decoder;
    private readonly ICollectives _group;
    private readonly ICollectives _even, _odd;
    private readonly long[] _activation;
    private readonly Device _device;
    private readonly Dictionary<int, IReadOnlyList<Tensor>> _units = [];
    private readonly int _first, _last;
    private readonly AdamW _optimizer;

    /// <summary>Draws the whole model by the spec's seed and keeps this stage's units.</summary>
    /// <param name="spec">The whole model, in fp32, with a head of its own; its blocks divide among the ranks.</param>
    /// <param name="decoder">It.</param>
    /// <param name="device">Where it runs.</param>
    /// <param name="group">The ranks, one stage each.</param>
    public PipelineModel(BurstSpec spec, Decoder decoder, Device device, ICollectives group)
    {
        (_decoder, _group, _device) = (decoder, group, device);
        (_even, _odd) = (group.Split(group.Rank / 2), group.Split((group.Rank + 1) / 2));
        _activation = [spec.MicroBatch, spec.SeqLen, spec.DModel];
        var blocks = spec.NLayers / group.Size;
        (_first, _last) = (1 + group.Rank * blocks, (group.Rank + 1) * blocks);
        var unit = 0;
        foreach (var whole in InitialParameters.DrawUnits(decoder, spec.Seed, device))
        {
            if ((unit >= _first && unit <= _last) || (unit == 0 && (IsFirst || IsLast)))
                _units[unit] = whole;
            else
                foreach (var tensor in whole)
                    tensor.Dispose();
            unit++;
        }
        _optimizer = new AdamW([.. Parameters.Select(parameter => parameter.Own)], new AdamWSettings());
    }

    private bool IsFirst => _group.Rank == 0;

    private bool IsLast => _group.Rank == _group.Size - 1;

    /// <summary>Of the root the first stage has the table, the last one norm and head.</summary>
    public IEnumerable<(int Unit, int Slot, Tensor Own)> Parameters =>
        from pair in _units
        from parameter in pair.Value.Select((own, slot) => (Unit: pair.Key, Slot: slot, Own: own))
        where parameter.Unit > 0 || (parameter.Slot == 0 ? IsFirst : IsLast)
        select parameter;

    /// <inheritdoc/>
    public Tensor Slice(Tensor whole, int unit, int slot) => whole.clone();

    /// <inheritdoc/>
    public double Pass(IReadOnlyList<(Tensor Tokens, Tensor Targets)> microBatches)
    {
        using var scope = NewDisposeScope();
        var passes = microBatches.Select(batch => Forward(batch.Tokens, batch.Targets)).ToList();
        foreach (var pass in passes)
            Backward(pass, 1.0 / passes.Count);
        return IsLast ? passes.Average(pass => pass.Output.ToDouble()) : 0;
    }

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
        foreach (var tensor in _units.Values.SelectMany(tensors => tensors))
            tensor.Dispose();
        _even.Dispose();
        _odd.Dispose();
    }

    private StageEnds Forward(Tensor tokens, Tensor targets)
    {
        var pass = IsFirst ? new(tokens, Blocks(_decoder.Embed(tokens, _units[0]))) : StageEnds.Of(Received(_group.Rank - 1, 0), Blocks);
        if (IsLast)
            return pass with { Output = _decoder.Loss(pass.Output, targets, _units[0]) };
        Sent(pass.Output.detach(), _group.Rank, 0);
        return pass;
    }

    private void Backward(in StageEnds pass, double weight)
    {
        var gradient = IsLast ? full([], weight, dtype: pass.Output.dtype, device: _device) : Received(_group.Rank, 1);
        pass.Output.backward([gradient]);
        if (!IsFirst)
            Sent(pass.Input.grad!, _group.Rank - 1, 1);
    }

    private Tensor Blocks(Tensor x)
    {
        for (var unit = _first; unit <= _last; unit++)
            x = _decoder.Blocks[unit - 1].Forward(x, _units[unit]);
        return x;
    }

    /// <summary>The pair of ranks that share the boundary behind a stage.</summary>
    private ICollectives Pair(int boundary) => boundary % 2 == 0 ? _even : _odd;

    private Tensor Received(int boundary, int from)
    {
        var message = zeros(_activation, dtype: ScalarType.Float32, device: _device);
        Pair(boundary).Run(Collective.Broadcast(message.Buffer(), from));
        return message;
    }

    private void Sent(Tensor values, int boundary, int from)
    {
        var message = values.contiguous().clone();
        Pair(boundary).Run(Collective.Broadcast(message.Buffer(), from));
    }
}
