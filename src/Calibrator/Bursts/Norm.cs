using SlmPlanner.Core.Models;
using SlmPlanner.Core.Models.Blocks;
using SlmPlanner.Data.Measurements.Bursts;
using TorchSharp;
using static TorchSharp.torch;

namespace SlmPlanner.Calibrator.Bursts;

/// <summary>
/// The decoder's normalisation: LayerNorm with shift for GPT-style decoders; for Llama-style ones RMSNorm in fp32,
/// x / sqrt(mean(x²) + ε) · w (Zhang and Sennrich 2019), written as eager frameworks write it.
/// </summary>
internal sealed class Norm(BurstSpec spec)
{
    private const double Epsilon = 1e-5;
    private readonly bool _layerNorm = spec.FfnKind == FfnKind.Gelu;
    private readonly long[] _width = [spec.DModel];

    /// <summary>Parameters that it takes: scale, and shift in LayerNorm.</summary>
    public int Count => _layerNorm ? 2 : 1;

    /// <summary>Its parameters.</summary>
    public IEnumerable<ParameterSlot> Slots(string name) => _layerNorm
        ? [ParameterSlot.Scale($"{name}.scale", spec.DModel), ParameterSlot.Bias($"{name}.shift", spec.DModel)]
        : [ParameterSlot.Scale($"{name}.scale", spec.DModel)];

    /// <summary>Normalises the last dimension; its parameters start at <paramref name="at"/> of the unit.</summary>
    public Tensor Forward(Tensor x, IReadOnlyList<Tensor> unit, int at)
    {
        using var scope = NewDisposeScope();
        var scale = unit[at].to(x.dtype);
        if (_layerNorm)
            return nn.functional.layer_norm(x, _width, scale, unit[at + 1].to(x.dtype), Epsilon).MoveToOuterDisposeScope();
        var wide = x.to(ScalarType.Float32);
        var inverse = (wide * wide).mean([-1L], keepdim: true).add_(Epsilon).rsqrt();
        return ((wide * inverse).to(x.dtype) * scale).MoveToOuterDisposeScope();
    }
}
