using SlmPlanner.Calibrator.Bursts;
using SlmPlanner.Calibrator.Distributed.Collectives;
using static TorchSharp.torch;

namespace SlmPlanner.Calibrator.Distributed.DataParallel;

/// <summary>
/// The initial parameters unit by unit, so that a sharding rank never holds more than one unit whole. Rank 0's are broadcast:
/// random kernels may differ between processors.
/// </summary>
internal static class InitialUnits
{
    /// <summary>Flat fp32 vectors in unit order, each owned by the caller.</summary>
    public static IEnumerable<Tensor> Draw(Decoder decoder, IReadOnlyList<UnitLayout> layouts, int seed, Device device, ICollectives group)
    {
        var units = InitialParameters.DrawUnits(decoder, seed, device);
        foreach (var (unit, layout) in units.Zip(layouts))
        {
            var flat = layout.Flatten(unit);
            foreach (var tensor in unit)
                tensor.Dispose();
            group.Run(Collective.Broadcast(flat.Buffer(), 0));
            yield return flat;
        }
    }
}
