using SlmPlanner.Core.Models;
using SlmPlanner.Core.Models.Blocks;
using SlmPlanner.Data.Measurements.Bursts;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace SlmPlanner.Calibrator.Bursts;

/// <summary>SwiGLU, down(silu(gate(x)) · up(x)) (Shazeer 2020), or GELU, down(gelu(up(x))) with biases.</summary>
/// <param name="spec">The whole model.</param>
/// <param name="width">Inner width.</param>
internal sealed class FeedForward(BurstSpec spec, int width) : IFeedForward
{
    private readonly bool _gated = spec.FfnKind == FfnKind.Swiglu;

    /// <summary>Number of parameters that it takes.</summary>
    public int Count => _gated ? 3 : 4;

    /// <inheritdoc/>
    public IReadOnlyList<ParameterSlot> Slots(string name) => _gated
        ?
        [
            ParameterSlot.Matrix($"{name}.gate", width, spec.DModel),
            ParameterSlot.Matrix($"{name}.up", width, spec.DModel),
            ParameterSlot.Matrix($"{name}.down", spec.DModel, width),
        ]
        :
        [
            ParameterSlot.Matrix($"{name}.up", width, spec.DModel), ParameterSlot.Bias($"{name}.up_bias", width),
            ParameterSlot.Matrix($"{name}.down", spec.DModel, width), ParameterSlot.Bias($"{name}.down_bias", spec.DModel),
        ];

    /// <inheritdoc/>
    public Tensor Forward(Tensor x, IReadOnlyList<Tensor> unit, int at)
    {
        using var scope = NewDisposeScope();
        Tensor Cast(int index) => unit[at + index].to(x.dtype);
        if (!_gated)
            return linear(gelu(linear(x, Cast(0), Cast(1))), Cast(2), Cast(3)).MoveToOuterDisposeScope();
        return linear(silu(linear(x, Cast(0))) * linear(x, Cast(1)), Cast(2)).MoveToOuterDisposeScope();
    }
}
