using MathNet.Numerics.Statistics;
using SlmPlanner.Core.Hardware;
using SlmPlanner.Core.Models;
using SlmPlanner.Data.Measurements.Bursts;

namespace SlmPlanner.Calibrator.Machine;

/// <summary>
/// The rule of thumb that a calibration must beat: 6·N operations per token at one share (MFU) of the measured peak of each format,
/// the median over the calibration's bursts.
/// </summary>
/// <param name="Device">The machine, whose peaks were measured.</param>
/// <param name="Mfu">The share; not a number before any burst.</param>
internal sealed record NaiveStep(Accelerator Device, double Mfu)
{
    private const double OperationsPerParameter = 6, Tera = 1e12;

    /// <summary>Fits the share.</summary>
    /// <param name="device">The machine.</param>
    /// <param name="bursts">Measured bursts.</param>
    public static NaiveStep Of(Accelerator device, IEnumerable<BurstResult> bursts) =>
        new(device, bursts.Select(burst => AtPeak(device, burst.Spec) / burst.StepTimeS!.Median).Median());

    /// <summary>Seconds of a step on one rank or several, each with its own tokens.</summary>
    public double Seconds(BurstSpec spec) => AtPeak(Device, spec) / Mfu;

    private static double AtPeak(Accelerator device, BurstSpec spec)
    {
        var peak = Tera * (spec.Precision == BurstPrecision.Bf16 ? device.Bf16Tflops : device.Fp32Tflops)!.Value;
        return OperationsPerParameter * ParameterCount.Of(spec.Shape).Total * spec.TokensPerStep / peak;
    }
}
