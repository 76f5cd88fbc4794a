using static TorchSharp.torch;

namespace SlmPlanner.Calibrator.Bursts;

/// <summary>What works on each token alone in a block.</summary>
internal interface IFeedForward
{
    /// <summary>Its parameters.</summary>
    IReadOnlyList<ParameterSlot> Slots(string name);

    /// <summary>Activations to activations; its parameters start at <paramref name="at"/> of the unit.</summary>
    Tensor Forward(Tensor x, IReadOnlyList<Tensor> unit, int at);
}
