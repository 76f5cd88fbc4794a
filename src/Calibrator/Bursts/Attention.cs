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
internal sealed class Attention(BurstSpec spec, Device device)
{
    private readonly bool _gpt = spec.FfnKind == FfnKind.Gelu;
    private readonly AttentionScores _scores = new(spec.Attention, spec.Precision, spec.SeqLen, spec.HeadDim, device);
    private readonly Rotary? _rotary = spec.FfnKind == FfnKind.Gelu ? null : new Rotary(spec, device);
    private readonly long _kvWidth = (long)spec.NKvHeads * spec.HeadDim;

    /// <summary>See <see cref="Decoder.AttentionKernel"/>.</summary>
    public string? Kernel => _scores.Kernel;

    /// <summary>Number of parameters that it takes.</summary>
    public int Count => _gpt ? 4 : 2;

    /// <summary>Its parameters.</summary>
    public IReadOnlyList<ParameterSlot> Slots(string name)
    {
        var qkv = ParameterSlot.Matrix($"{name}.qkv", spec.DModel + 2 * _kvWidth, spec.DModel);
        var output = ParameterSlot.Matrix($"{name}.out", spec.DModel, spec.DModel);
        return _gpt
            ? [qkv, ParameterSlot.Bias($"{name}.qkv_bias", spec.DModel + 2 * _kvWidth), output, ParameterSlot.Bias($"{name}.out_bias", spec.DModel)]
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
        return _scores.Forward(query, key, value).transpose(1, 2).reshape(query.shape[0], query.shape[2], spec.DModel).MoveToOuterDisposeScope();
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
            .view(x.shape[0], x.shape[1], spec.NHeads + 2L * spec.NKvHeads, spec.HeadDim).transpose(1, 2);
        var turned = qkv.narrow(1, 0, spec.NHeads + spec.NKvHeads);
        if (_rotary is not null)
            turned = _rotary.Turn(turned);
        return (
            turned.narrow(1, 0, spec.NHeads).MoveToOuterDisposeScope(),
            Repeat(turned.narrow(1, spec.NHeads, spec.NKvHeads)).MoveToOuterDisposeScope(),
            Repeat(qkv.narrow(1, spec.NHeads + spec.NKvHeads, spec.NKvHeads)).MoveToOuterDisposeScope());
    }

    /// <summary>(batch, kv heads, sequence, head) → (batch, heads, sequence, head), each key-value head repeated in place.</summary>
    private Tensor Repeat(Tensor keyOrValue)
    {
        var groups = spec.NHeads / spec.NKvHeads;
        if (groups == 1)
            return keyOrValue;
        var (batch, length) = (keyOrValue.shape[0], keyOrValue.shape[2]);
        return keyOrValue.unsqueeze(2).expand(batch, spec.NKvHeads, groups, length, spec.HeadDim)
            .reshape(batch, spec.NHeads, length, spec.HeadDim);
    }
}
