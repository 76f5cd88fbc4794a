using SlmPlanner.Core.Models;
using SlmPlanner.Core.Models.Blocks;
using SlmPlanner.Data.Measurements.Bursts;
using TorchSharp;
using static TorchSharp.torch;

namespace SlmPlanner.Calibrator.Bursts;

/// <summary>
/// A decoder-only transformer as functions of its parameters: embedding, blocks, loss. It holds no parameters, so that one
/// loop can keep, gather, free or recompute them. Parameters come in units: unit 0 (the root: embedding tables, last norm,
/// head), then one unit per block.
/// </summary>
internal sealed class Decoder
{
    private readonly BurstSpec _spec;
    private readonly DecoderBlock[] _blocks;
    private readonly Attention[] _attentions;
    private readonly Norm _lastNorm;
    private readonly Tensor _positions;

    /// <summary>Builds the constant tensors (rotary tables, mask) on <paramref name="device"/>.</summary>
    public Decoder(BurstSpec spec, Device device)
    {
        _spec = spec;
        (_attentions, _blocks) = DecoderLayers.Of(spec, device);
        _lastNorm = new Norm(spec);
        _positions = arange(spec.SeqLen, dtype: ScalarType.Int64, device: device).DetachFromDisposeScope();
        Units = [Root(), .. _blocks.Select((block, place) => block.Slots($"block{place}"))];
    }

    /// <summary>The parameters of each unit, in the order that the functions take them.</summary>
    public IReadOnlyList<IReadOnlyList<ParameterSlot>> Units { get; }

    /// <summary>The number format of activations.</summary>
    public ScalarType ComputeType => _spec.Precision == BurstPrecision.Bf16 ? ScalarType.BFloat16 : ScalarType.Float32;

    /// <summary>The attention kernel that ran last, as libtorch chose it; null before the first flash attention.</summary>
    public string? AttentionKernel => _attentions.Select(attention => attention.Kernel).FirstOrDefault(kernel => kernel is not null);

    private bool Learned => _spec.FfnKind == FfnKind.Gelu;

    /// <summary>Token ids (batch, sequence) to activations (batch, sequence, width).</summary>
    public Tensor Embed(Tensor tokens, IReadOnlyList<Tensor> root)
    {
        using var scope = NewDisposeScope();
        var x = Operators.Embedding(root[0], tokens);
        if (Learned)
            x = x + Operators.Embedding(root[1], _positions);
        return x.to(ComputeType).MoveToOuterDisposeScope();
    }

    /// <summary>The blocks from the first to the last; those that are equal are one object.</summary>
    public IReadOnlyList<DecoderBlock> Blocks => _blocks;

    /// <summary>Mean cross-entropy over all positions, in fp32.</summary>
    /// <param name="x">The last block's output.</param>
    /// <param name="targets">Next tokens, (batch, sequence).</param>
    /// <param name="root">Unit 0.</param>
    public Tensor Loss(Tensor x, Tensor targets, IReadOnlyList<Tensor> root)
    {
        using var scope = NewDisposeScope();
        var normAt = Learned ? 2 : 1;
        var normed = _lastNorm.Forward(x, root, normAt);
        var head = _spec.TiedEmbeddings ? root[0] : root[normAt + _lastNorm.Count];
        var logits = nn.functional.linear(normed, head.to(ComputeType)).view(-1, _spec.Vocab);
        return nn.functional.cross_entropy(logits.to(ScalarType.Float32), targets.view(-1)).MoveToOuterDisposeScope();
    }

    private List<ParameterSlot> Root()
    {
        List<ParameterSlot> slots = [ParameterSlot.Matrix("embedding", _spec.Vocab, _spec.DModel)];
        if (Learned)
            slots.Add(ParameterSlot.Matrix("positions", _spec.SeqLen, _spec.DModel));
        slots.AddRange(_lastNorm.Slots("last_norm"));
        if (!_spec.TiedEmbeddings)
            slots.Add(ParameterSlot.Matrix("head", _spec.Vocab, _spec.DModel));
        return slots;
    }
}
