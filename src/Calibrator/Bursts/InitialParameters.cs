using TorchSharp;
using static TorchSharp.torch;

namespace SlmPlanner.Calibrator.Bursts;

/// <summary>Draws a decoder's initial parameters, the same for the same seed on every rank.</summary>
internal static class InitialParameters
{
    /// <summary>fp32 leaves that require gradients, by unit and slot.</summary>
    public static IReadOnlyList<IReadOnlyList<Tensor>> Draw(Decoder decoder, int seed, Device device) =>
        [.. DrawUnits(decoder, seed, device)];

    /// <summary>The same, one unit at a time; nothing else may draw random numbers in between.</summary>
    public static IEnumerable<IReadOnlyList<Tensor>> DrawUnits(Decoder decoder, int seed, Device device)
    {
        random.manual_seed(seed);
        foreach (var unit in decoder.Units)
            yield return [.. unit.Select(slot => Draw(slot, device))];
    }

    private static Tensor Draw(ParameterSlot slot, Device device)
    {
        using var without = no_grad();
        using var scope = NewDisposeScope();
        var tensor = slot.InitialDeviation == 0
            ? full(slot.Shape, slot.InitialMean, dtype: ScalarType.Float32, device: device)
            : empty(slot.Shape, dtype: ScalarType.Float32, device: device).normal_(slot.InitialMean, slot.InitialDeviation);
        return tensor.requires_grad_(true).DetachFromDisposeScope();
    }
}
