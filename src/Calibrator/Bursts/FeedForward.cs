using SlmPlanner.Core.Models;
using SlmPlanner.Core.Models.Blocks;
using SlmPlanner.Data.Measurements.Bursts;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace SlmPlanner.Calibrator.Bursts;

/// <summary>SwiGLU, down(silu(gate(x)) · up(x)) (Shazeer 2020), or GELU, down(gelu(up(x))) with biases.</summary>
internal sealed class FeedForward(BurstSpec spec)
{
    private readonly bool _gated = spec.FfnKind == FfnKind.Swiglu;

    /// <summary>Its parameters.</summary>
    public IReadOnlyList<ParameterSlot> Slots(string name) => _gated
        ?
        [
            ParameterSlot.Matrix($"{name}.gate", spec.DFfn, spec.DModel),
            ParameterSlot.Matrix($"{name}.up", spec.DFfn, spec.DModel),
            ParameterSlot.Matrix($"{name}.down", spec.DModel, spec.DFfn),
        ]
        :
        [
            ParameterSlot.Matrix($"{name}.up", spec.DFfn, spec.DModel), ParameterSlot.Bias($"{name}.up_bias", spec.DFfn),
            ParameterSlot.Matrix($"{name}.down", spec.DModel, spec.DFfn), ParameterSlot.Bias($"{name}.down_bias", spec.DModel),
        ];

    /// <summary>Activations to activations; its parameters start at <paramref name="at"/> of the unit.</summary>
    public Tensor Forward(Tensor x, IReadOnlyList<Tensor> unit, int at)
    {
        using var scope = NewDisposeScope();
        Tensor Cast(int index) => unit[at + index].to(x.dtype);
        if (!_gated)
            return linear(gelu(linear(x, Cast(0), Cast(1))), Cast(2), Cast(3)).MoveToOuterDisposeScope();
        return linear(silu(linear(x, Cast(0))) * linear(x, Cast(1)), Cast(2)).MoveToOuterDisposeScope();
    }
}
