using SlmPlanner.Core.Hardware;
using SlmPlanner.Core.Training;

namespace SlmPlanner.Core.Time;

/// <summary>Rates of a device in SI units, for one precision.</summary>
/// <param name="MatmulFlops">Peak matrix rate in the recipe's format, operations per second.</param>
/// <param name="WideFlops">Peak rate of what an 8-bit recipe keeps wider: head and attention.</param>
/// <param name="BandwidthBytes">Memory bandwidth, bytes per second.</param>
/// <param name="Watts">
/// Board power, from the peak where it is not stated; 0 for a calibrated machine, whose measured rates have its limit in them.
/// </param>
/// <param name="ElementBytes">Bytes of one activation.</param>
/// <param name="IsFp8">True for 8-bit multiplies.</param>
/// <param name="IsPure">True when no fp32 copy of the weights is kept.</param>
/// <param name="IsMachine">True for a calibrated machine, whose own training code was measured.</param>
/// <param name="FusedAttention">How fused attention slows down with its shape, on a calibrated machine; null where only the fitted law
/// speaks.</param>
public readonly record struct DeviceRates(
    double MatmulFlops,
    double WideFlops,
    double BandwidthBytes,
    double Watts,
    double ElementBytes,
    bool IsFp8,
    bool IsPure,
    bool IsMachine,
    FusedAttentionCurve? FusedAttention = null)
{
    private const double Tera = 1e12, Giga = 1e9, KeptWide = 0.15;

    /// <summary>Peak per watt of a device whose board power is not stated: that of the H100 SXM, 989.5 TFLOP/s at 700 W.</summary>
    private const double UsualTflopsPerWatt = 989.5 / 700;

    /// <summary>Rates for one recipe; null when the needed peak or the bandwidth is not known.</summary>
    public static DeviceRates? Of(Accelerator device, Precision precision)
    {
        if (Multiplies(device, precision) is not { } matmul || device.MemoryBandwidthGbS is not { } bandwidth)
            return null;
        var isWide = precision.IsWide();
        return new(
            matmul * Tera,
            (precision.IsNarrow() ? device.Bf16Tflops ?? matmul : matmul) * Tera,
            bandwidth * Giga,
            device.Evidence == Evidence.Calibrated ? 0 : device.TdpW ?? UnstatedWatts(device),
            isWide ? 4 : 2,
            precision.IsNarrow(),
            precision == Precision.Bf16Pure,
            device.Evidence == Evidence.Calibrated,
            FusedAttentionCurve.Of(device.FusedAttention, isWide ? 4 : 2));
    }

    /// <summary>
    /// Rates for one recipe, and the recipe whose multiplies they are: its own, or the next wider one that the device has, which is what
    /// frameworks fall back to. Null when there is none.
    /// </summary>
    /// <param name="device">The device.</param>
    /// <param name="precision">The recipe.</param>
    /// <param name="first">The recipe whose multiplies are tried first; the recipe's own when null.</param>
    internal static (DeviceRates Rates, Precision Multiplied)? Nearest(Accelerator device, Precision precision, Precision? first = null)
    {
        for (Precision? taken = first ?? precision; taken is { } multiplied; taken = Wider(multiplied))
            if (Of(device, multiplied) is { } rates)
                return (Stored(rates, precision), multiplied);
        return null;
    }

    /// <summary>Elements are kept as the recipe says, whatever they are multiplied as.</summary>
    private static DeviceRates Stored(in DeviceRates rates, Precision precision) =>
        rates with { ElementBytes = precision.IsWide() ? 4 : 2, IsPure = precision == Precision.Bf16Pure };

    private static Precision? Wider(Precision precision) => precision switch
    {
        Precision.Nvfp4Mixed or Precision.Mxfp8Mixed => Precision.Fp8Mixed,
        Precision.Fp8Mixed => Precision.Bf16Mixed,
        Precision.Fp32 => null,
        _ => Precision.Fp32,
    };

    /// <summary>
    /// Rate of the blocks' multiplies. Training in 4 bits keeps some 15 % of them in 16 bits, in the first and last blocks (NVIDIA,
    /// arXiv 2509.25149, recalled): without that the loss does not follow.
    /// </summary>
    private static double? Multiplies(Accelerator device, Precision precision) =>
        precision == Precision.Nvfp4Mixed && device.PeakTflops(precision) is { } narrow && device.Bf16Tflops is { } wide
            ? 1 / ((1 - KeptWide) / narrow + KeptWide / wide)
            : device.PeakTflops(precision);

    /// <summary>
    /// Left out, power would cost nothing and the device look faster than any other; a calibrated machine fits its own rates.
    /// </summary>
    private static double UnstatedWatts(Accelerator device) =>
        (device.Bf16Tflops ?? device.Fp16Tflops) is { } peak ? peak / UsualTflopsPerWatt : 0;
}
