using SlmPlanner.Core.Models;
using SlmPlanner.Core.Models.Blocks;
using SlmPlanner.Core.Training;
using SlmPlanner.Data.Measurements.Bursts;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace SlmPlanner.Calibrator.Bursts;

/// <summary>
/// Causal self-attention with grouped queries. Queries, keys and values come from one matrix; rotary positions turn queries and
/// keys together; fewer key-value heads are repeated to the query heads, as eager frameworks do.
/// </summary>
/// <param name="spec">The whole model.</param>
/// <param name="device">Where it runs.</param>
/// <param name="ranks">Tensor-parallel ranks, each of which has so many of the heads less.</param>
/// <param name="window">Tokens that a token sees at most; null for all before it.</param>
internal sealed class Attention(BurstSpec spec, Device device, int ranks = 1, int? window = null)
{
    private readonly bool _gpt = spec.FfnKind == FfnKind.Gelu;
    private readonly AttentionScores _scores = new(spec.Attention, spec.Precision, spec.SeqLen, spec.HeadDim, device, window);
    private readonly Rotary? _rotary = spec.FfnKind == FfnKind.Gelu ? null : new Rotary(spec, device);
    private readonly int _heads = spec.NHeads / ranks;
    private readonly int _kvHeads = spec.NKvHeads / ranks;

    private long Width => (long)_heads * spec.HeadDim;

    private long KvWidth => (long)_kvHeads * spec.HeadDim;

    /// <summary>See <see cref="Decoder.AttentionKernel"/>.</summary>
    public string? Kernel => _scores.Kernel;

    /// <summary>Number of parameters that it takes.</summary>
    public int Count => _gpt ? 4 : 2;

    /// <summary>Its parameters.</summary>
    public IReadOnlyList<ParameterSlot> Slots(string name)
    {
        var qkv = ParameterSlot.Matrix($"{name}.qkv", Width + 2 * KvWidth, spec.DModel);
        var output = ParameterSlot.Matrix($"{name}.out", spec.DModel, Width);
        return _gpt
            ? [qkv, ParameterSlot.Bias($"{name}.qkv_bias", Width + 2 * KvWidth), output,
                ParameterSlot.Bias($"{name}.out_bias", spec.DModel)]
            : [qkv, output];
    }

    /// <summary>Activations to activations; its parameters start at <paramref name="at"/> of the unit.</summary>
    public Tensor Forward(Tensor x, IReadOnlyList<Tensor> unit, int at)
    {
        using var scope = NewDisposeScope();
        var (query, key, value) = Project(x, unit, at);
        return Output(Mix(query, key, value), unit, at).MoveToOuterDisposeScope();
    }

    /// <summary>The core without parameters: scores, softmax and mixed values, (batch, sequence, width).</summary>
    public Tensor Mix(Tensor query, Tensor key, Tensor value)
    {
        using var scope = NewDisposeScope();
        return _scores.Forward(query, key, value).transpose(1, 2).reshape(query.shape[0], query.shape[2], Width).MoveToOuterDisposeScope();
    }

    /// <summary>Mixed values through the last matrix.</summary>
    public Tensor Output(Tensor mixed, IReadOnlyList<Tensor> unit, int at)
    {
        using var scope = NewDisposeScope();
        var outAt = at + (_gpt ? 2 : 1);
        return linear(mixed, unit[outAt].to(mixed.dtype), _gpt ? unit[outAt + 1].to(mixed.dtype) : null).MoveToOuterDisposeScope();
    }

    /// <summary>Activations to queries, keys and values, each (batch, heads, sequence, head).</summary>
    public (Tensor Query, Tensor Key, Tensor Value) Project(Tensor x, IReadOnlyList<Tensor> unit, int at)
    {
        using var scope = NewDisposeScope();
        var qkv = linear(x, unit[at].to(x.dtype), _gpt ? unit[at + 1].to(x.dtype) : null)
            .view(x.shape[0], x.shape[1], _heads + 2L * _kvHeads, spec.HeadDim).transpose(1, 2);
        var turned = qkv.narrow(1, 0, _heads + _kvHeads);
        if (_rotary is not null)
            turned = _rotary.Turn(turned);
        return (
            turned.narrow(1, 0, _heads).MoveToOuterDisposeScope(),
            Repeat(turned.narrow(1, _heads, _kvHeads)).MoveToOuterDisposeScope(),
            Repeat(qkv.narrow(1, _heads + _kvHeads, _kvHeads)).MoveToOuterDisposeScope());
    }

    /// <summary>(batch, kv heads, sequence, head) → (batch, heads, sequence, head), each key-value head repeated in place.</summary>
    private Tensor Repeat(Tensor keyOrValue)
    {
        var groups = _heads / _kvHeads;
        if (groups == 1)
            return keyOrValue;
        var (batch, length) = (keyOrValue.shape[0], keyOrValue.shape[2]);
        return keyOrValue.unsqueeze(2).expand(batch, _kvHeads, groups, length, spec.HeadDim)
            .reshape(batch, _heads, length, spec.HeadDim);
    }
}
