using System.Runtime.InteropServices;
using SlmPlanner.Core;
using SlmPlanner.Data.Measurements.Bursts;

namespace SlmPlanner.Calibrator.Devices;

/// <summary>
/// Utilisation of one NVIDIA GPU through NVML (<c>libnvidia-ml.so.1</c>, NVIDIA's NVML API reference).
/// Unproven: written from documentation, never run on a GPU.
/// </summary>
internal sealed partial class NvmlUtilisation : IUtilisationSource
{
    private const string Library = "libnvidia-ml.so.1";
    private const int MultiprocessorClock = 1;
    private const int CoreTemperature = 0;

    /// <summary>Software thermal (0x20), hardware slow-down (0x8), hardware thermal (0x40) and power brake (0x80).</summary>
    private const ulong SlowdownReasons = 0x20 | 0x8 | 0x40 | 0x80;
    private readonly nint _device;

    /// <summary>Opens GPU <paramref name="index"/>.</summary>
    public NvmlUtilisation(uint index)
    {
        Check(nvmlInit_v2(), "nvmlInit");
        Check(nvmlDeviceGetHandleByIndex_v2(index, out _device), "nvmlDeviceGetHandleByIndex");
    }

    /// <inheritdoc/>
    public UtilisationSample Read(UtilisationSample sample)
    {
        Check(nvmlDeviceGetUtilizationRates(_device, out var rates), "nvmlDeviceGetUtilizationRates");
        Check(nvmlDeviceGetMemoryInfo(_device, out var memory), "nvmlDeviceGetMemoryInfo");
        Check(nvmlDeviceGetClockInfo(_device, MultiprocessorClock, out var clock), "nvmlDeviceGetClockInfo");
        Check(nvmlDeviceGetPowerUsage(_device, out var milliwatts), "nvmlDeviceGetPowerUsage");
        Check(nvmlDeviceGetTemperature(_device, CoreTemperature, out var celsius), "nvmlDeviceGetTemperature");
        Check(nvmlDeviceGetCurrentClocksThrottleReasons(_device, out var reasons), "nvmlDeviceGetCurrentClocksThrottleReasons");
        return sample with
        {
            GpuBusy = rates.Gpu / 100.0,
            GpuMemoryBytes = memory.Used,
            GpuMhz = clock,
            GpuWatts = milliwatts / 1000.0,
            GpuCelsius = celsius,
            GpuThrottled = (reasons & SlowdownReasons) != 0,
        };
    }

    /// <inheritdoc/>
    public void Dispose() => _ = nvmlShutdown();

    private static void Check(int error, string what)
    {
        if (error != 0)
            throw new InputException($"NVML: {what} failed with {error}");
    }

    private readonly record struct Rates(uint Gpu, uint Memory);

    private readonly record struct MemoryInfo(ulong Total, ulong Free, ulong Used);

    [LibraryImport(Library)]
    private static partial int nvmlInit_v2();

    [LibraryImport(Library)]
    private static partial int nvmlShutdown();

    [LibraryImport(Library)]
    private static partial int nvmlDeviceGetHandleByIndex_v2(uint index, out nint device);

    [LibraryImport(Library)]
    private static partial int nvmlDeviceGetUtilizationRates(nint device, out Rates rates);

    [LibraryImport(Library)]
    private static partial int nvmlDeviceGetMemoryInfo(nint device, out MemoryInfo memory);

    [LibraryImport(Library)]
    private static partial int nvmlDeviceGetClockInfo(nint device, int kind, out uint megahertz);

    [LibraryImport(Library)]
    private static partial int nvmlDeviceGetPowerUsage(nint device, out uint milliwatts);

    [LibraryImport(Library)]
    private static partial int nvmlDeviceGetTemperature(nint device, int sensor, out uint celsius);

    [LibraryImport(Library)]
    private static partial int nvmlDeviceGetCurrentClocksThrottleReasons(nint device, out ulong reasons);
}
