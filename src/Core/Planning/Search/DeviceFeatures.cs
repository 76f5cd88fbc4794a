using System.Globalization;
using SlmPlanner.Core.Hardware;
using SlmPlanner.Core.Training;

namespace SlmPlanner.Core.Planning.Search;

/// <summary>What a device can run, from its datasheet.</summary>
public static class DeviceFeatures
{
    /// <summary>FlashAttention-2 needs Ampere or newer (its README, "NVIDIA CUDA Support").</summary>
    private const double FlashComputeCapability = 8.0;

    /// <summary>Prefix of the AMD data-centre architectures, which FlashAttention-2 serves through ROCm (its README, "AMD ROCm Support").</summary>
    private const string AmdDataCentre = "CDNA";

    /// <summary>True when the device has a fused attention kernel; false when its architecture is unknown.</summary>
    public static bool HasFlashAttention(this DeviceSpec device) =>
        device.ComputeCapability is { } architecture
        && (architecture.StartsWith(AmdDataCentre, StringComparison.OrdinalIgnoreCase)
            || (double.TryParse(architecture, CultureInfo.InvariantCulture, out var capability) && capability >= FlashComputeCapability));

    /// <summary>The recipe used when none is asked for: mixed bf16 where the device has it, else mixed fp16, else fp32.</summary>
    public static Precision DefaultPrecision(this DeviceSpec device) =>
        device.Bf16Tflops is > 0 ? Precision.Bf16Mixed
        : device.Fp16Tflops is > 0 ? Precision.Fp16Mixed
        : Precision.Fp32;

    /// <summary>True when the datasheet states what every prediction needs: a rate of matrix multiplies and the memory's bandwidth.</summary>
    public static bool IsPredictable(this DeviceSpec device) =>
        device.MemoryBandwidthGbS is > 0 && device.Computes(device.DefaultPrecision());

    /// <summary>True when the datasheet states a rate for the recipe's matrix multiplies.</summary>
    public static bool Computes(this DeviceSpec device, Precision precision) => device.PeakTflops(precision) is > 0;

    /// <summary>Dense peak of the recipe's matrix multiplies, teraFLOP/s; null where the datasheet states none.</summary>
    public static double? PeakTflops(this DeviceSpec device, Precision precision) => precision switch
    {
        Precision.Fp32 => device.Fp32Tflops,
        Precision.Tf32 => device.Tf32Tflops,
        Precision.Bf16Mixed or Precision.Bf16Pure => device.Bf16Tflops,
        Precision.Fp16Mixed => device.Fp16Tflops,
        Precision.Fp8Mixed => device.Fp8Tflops,
        _ => null,
    };
}
