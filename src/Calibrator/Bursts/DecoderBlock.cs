using SlmPlanner.Data.Measurements.Bursts;
using TorchSharp;
using static TorchSharp.torch;

namespace SlmPlanner.Calibrator.Bursts;

/// <summary>
/// One pre-norm block: x + attention(norm(x)), then x + feed-forward(norm(x)). Every step has its own dispose scope, so that a
/// temporary lives no longer than autograd needs it; that decides peak memory.
/// </summary>
internal sealed class DecoderBlock(BurstSpec spec, Device device)
{
    private readonly Norm _norm = new(spec);
    private readonly Attention _attention = new(spec, device);
    private readonly FeedForward _feedForward = new(spec);

    /// <summary>See <see cref="Decoder.AttentionKernel"/>.</summary>
    public string? AttentionKernel => _attention.Kernel;

    /// <summary>The block's parameters in order: norm, attention, norm, feed-forward.</summary>
    public IReadOnlyList<ParameterSlot> Slots(string name) =>
    [
        .. _norm.Slots($"{name}.norm1"), .. _attention.Slots($"{name}.attention"),
        .. _norm.Slots($"{name}.norm2"), .. _feedForward.Slots($"{name}.ffn"),
    ];

    /// <summary>Activations (batch, sequence, width) to activations.</summary>
    public Tensor Forward(Tensor x, IReadOnlyList<Tensor> unit)
    {
        using var scope = NewDisposeScope();
        var attentionAt = _norm.Count;
        var norm2At = attentionAt + _attention.Count;
        var middle = Attend(x, unit, attentionAt);
        return Feed(middle, unit, norm2At).MoveToOuterDisposeScope();
    }

    /// <summary>The first part where attention's core is computed again: activations to queries, keys and values.</summary>
    public (Tensor Query, Tensor Key, Tensor Value) Project(Tensor x, IReadOnlyList<Tensor> unit)
    {
        using var scope = NewDisposeScope();
        var (query, key, value) = _attention.Project(_norm.Forward(x, unit, 0), unit, _norm.Count);
        return (query.MoveToOuterDisposeScope(), key.MoveToOuterDisposeScope(), value.MoveToOuterDisposeScope());
    }

    /// <summary>The core: see <see cref="Attention.Mix"/>.</summary>
    public Tensor Mix(Tensor query, Tensor key, Tensor value) => _attention.Mix(query, key, value);

    /// <summary>The last part: mixed values and the block's input to its output.</summary>
    public Tensor Finish(Tensor x, Tensor mixed, IReadOnlyList<Tensor> unit)
    {
        using var scope = NewDisposeScope();
        var middle = x + _attention.Output(mixed, unit, _norm.Count);
        return Feed(middle, unit, _norm.Count + _attention.Count).MoveToOuterDisposeScope();
    }

    private Tensor Attend(Tensor x, IReadOnlyList<Tensor> unit, int at)
    {
        using var scope = NewDisposeScope();
        return (x + _attention.Forward(_norm.Forward(x, unit, 0), unit, at)).MoveToOuterDisposeScope();
    }

    private Tensor Feed(Tensor x, IReadOnlyList<Tensor> unit, int normAt)
    {
        using var scope = NewDisposeScope();
        return (x + _feedForward.Forward(_norm.Forward(x, unit, normAt), unit, normAt + _norm.Count)).MoveToOuterDisposeScope();
    }
}
