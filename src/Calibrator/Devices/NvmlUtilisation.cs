using System.Runtime.InteropServices;
using SlmPlanner.Core;
using SlmPlanner.Data.Measurements.Bursts;

namespace SlmPlanner.Calibrator.Devices;

/// <summary>
/// Utilisation of one NVIDIA GPU. Many rented GPUs and partitions lack some counters: what NVML does not give stays unknown, and
/// the others are read all the same. Takes ownership of <paramref name="gpu"/>.
/// </summary>
internal sealed class NvmlUtilisation(INvmlGpu gpu) : IUtilisationSource
{
    private const int Success = 0;

    /// <summary>Software thermal (0x20), hardware slow-down (0x8), hardware thermal (0x40) and power brake (0x80).</summary>
    private const ulong SlowdownReasons = 0x20 | 0x8 | 0x40 | 0x80;

    /// <inheritdoc/>
    public UtilisationSample Read(UtilisationSample sample) => sample with
    {
        GpuBusy = gpu.Utilization(out var rates) == Success ? rates.Gpu / 100.0 : null,
        GpuMemoryBytes = gpu.Memory(out var memory) == Success ? memory.Used : null,
        GpuMhz = gpu.Clock(out var megahertz) == Success ? megahertz : null,
        GpuWatts = gpu.Power(out var milliwatts) == Success ? milliwatts / 1000.0 : null,
        GpuCelsius = gpu.Temperature(out var celsius) == Success ? celsius : null,
        GpuThrottled = gpu.ThrottleReasons(out var reasons) == Success ? (reasons & SlowdownReasons) != 0 : null,
    };

    /// <summary>Memory of GPU <paramref name="index"/> in bytes; null where NVML is missing or does not say.</summary>
    public static double? TotalMemoryBytes(uint index)
    {
        using var gpu = NvmlGpu.TryOpen(index);
        return gpu is not null && gpu.Memory(out var memory) == Success ? memory.Total : null;
    }

    /// <inheritdoc/>
    public void Dispose() => gpu.Dispose();
}
