using SlmPlanner.Data.Measurements.Bursts;
using TorchSharp;
using static TorchSharp.torch;

namespace SlmPlanner.Calibrator.Bursts;

/// <summary>
/// One pre-norm block: x + attention(norm(x)), then x + feed-forward(norm(x)). Every step has its own dispose scope, so that a
/// temporary lives no longer than autograd needs it; that decides peak memory.
/// </summary>
/// <param name="spec">The whole model.</param>
/// <param name="attention">What mixes tokens.</param>
/// <param name="feedForward">What works on each alone.</param>
internal sealed class DecoderBlock(BurstSpec spec, Attention attention, IFeedForward feedForward)
{
    private readonly Norm _norm = new(spec);

    /// <summary>The block's parameters in order: norm, attention, norm, feed-forward.</summary>
    public IReadOnlyList<ParameterSlot> Slots(string name) =>
    [
        .. _norm.Slots($"{name}.norm1"), .. attention.Slots($"{name}.attention"),
        .. _norm.Slots($"{name}.norm2"), .. feedForward.Slots($"{name}.ffn"),
    ];

    /// <summary>Activations (batch, sequence, width) to activations.</summary>
    public Tensor Forward(Tensor x, IReadOnlyList<Tensor> unit)
    {
        using var scope = NewDisposeScope();
        var attentionAt = _norm.Count;
        var norm2At = attentionAt + attention.Count;
        var middle = Attend(x, unit, attentionAt);
        return Feed(middle, unit, norm2At).MoveToOuterDisposeScope();
    }

    /// <summary>The first part where attention's core is computed again: activations to queries, keys and values.</summary>
    public (Tensor Query, Tensor Key, Tensor Value) Project(Tensor x, IReadOnlyList<Tensor> unit)
    {
        using var scope = NewDisposeScope();
        var (query, key, value) = attention.Project(_norm.Forward(x, unit, 0), unit, _norm.Count);
        return (query.MoveToOuterDisposeScope(), key.MoveToOuterDisposeScope(), value.MoveToOuterDisposeScope());
    }

    /// <summary>The core: see <see cref="Attention.Mix"/>.</summary>
    public Tensor Mix(Tensor query, Tensor key, Tensor value) => attention.Mix(query, key, value);

    /// <summary>The last part: mixed values and the block's input to its output.</summary>
    public Tensor Finish(Tensor x, Tensor mixed, IReadOnlyList<Tensor> unit)
    {
        using var scope = NewDisposeScope();
        var middle = x + attention.Output(mixed, unit, _norm.Count);
        return Feed(middle, unit, _norm.Count + attention.Count).MoveToOuterDisposeScope();
    }

    private Tensor Attend(Tensor x, IReadOnlyList<Tensor> unit, int at)
    {
        using var scope = NewDisposeScope();
        return (x + attention.Forward(_norm.Forward(x, unit, 0), unit, at)).MoveToOuterDisposeScope();
    }

    private Tensor Feed(Tensor x, IReadOnlyList<Tensor> unit, int normAt)
    {
        using var scope = NewDisposeScope();
        return (x + feedForward.Forward(_norm.Forward(x, unit, normAt), unit, normAt + _norm.Count)).MoveToOuterDisposeScope();
    }
}
