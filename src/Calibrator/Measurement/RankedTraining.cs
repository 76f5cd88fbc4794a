using SlmPlanner.Calibrator.Bursts;
using SlmPlanner.Calibrator.Devices;
using SlmPlanner.Calibrator.Distributed.DataParallel;
using SlmPlanner.Calibrator.Distributed.Launch;
using SlmPlanner.Data.Measurements.Bursts;

namespace SlmPlanner.Calibrator.Measurement;

/// <summary>Sets up the training of one rank among its group.</summary>
internal static class RankedTraining
{
    /// <summary>Draws the parameters by the spec's seed and this rank's tokens by its own. All ranks must call together.</summary>
    /// <param name="spec">The configuration, its scheme included.</param>
    /// <param name="device">Where.</param>
    /// <param name="group">The ranks that train together.</param>
    public static TrainingRun Start(BurstSpec spec, IComputeDevice device, RankGroup group)
    {
        var decoder = new Decoder(spec, device.Torch);
        return new(spec, device, decoder, ParameterStores.Create(spec, decoder, device.Torch, group.Device, group.RanksPerHost),
            spec.Seed + group.Rank);
    }
}
