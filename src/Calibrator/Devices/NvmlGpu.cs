using System.Runtime.InteropServices;

namespace SlmPlanner.Calibrator.Devices;

/// <summary>
/// One NVIDIA GPU in the driver's own library (<c>libnvidia-ml.so.1</c>, NVIDIA's NVML API reference).
/// Unproven: written from documentation, never run on a GPU.
/// </summary>
internal sealed partial class NvmlGpu : INvmlGpu
{
    private const string Library = "libnvidia-ml.so.1";
    private const int Success = 0;
    private const int FunctionNotFound = 13;
    private const int MultiprocessorClock = 1;
    private const int CoreTemperature = 0;
    private readonly nint _device;

    private NvmlGpu(nint device) => _device = device;

    /// <summary>Opens GPU <paramref name="index"/>; null where the library or the GPU can't be opened.</summary>
    public static NvmlGpu? TryOpen(uint index)
    {
        try
        {
            if (nvmlInit_v2() != Success)
                return null;
            if (nvmlDeviceGetHandleByIndex_v2(index, out var device) == Success)
                return new(device);
            _ = nvmlShutdown();
            return null;
        }
        catch (DllNotFoundException)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public int Utilization(out NvmlRates rates) => nvmlDeviceGetUtilizationRates(_device, out rates);

    /// <inheritdoc/>
    public int Memory(out NvmlMemory memory) => nvmlDeviceGetMemoryInfo(_device, out memory);

    /// <inheritdoc/>
    public int Clock(out uint megahertz) => nvmlDeviceGetClockInfo(_device, MultiprocessorClock, out megahertz);

    /// <inheritdoc/>
    public int Power(out uint milliwatts) => nvmlDeviceGetPowerUsage(_device, out milliwatts);

    /// <inheritdoc/>
    public int Temperature(out uint celsius) => nvmlDeviceGetTemperature(_device, CoreTemperature, out celsius);

    /// <summary>NVIDIA has deprecated this call, so a later driver may lack it.</summary>
    public int ThrottleReasons(out ulong reasons)
    {
        try
        {
            return nvmlDeviceGetCurrentClocksThrottleReasons(_device, out reasons);
        }
        catch (EntryPointNotFoundException)
        {
            reasons = 0;
            return FunctionNotFound;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _ = nvmlShutdown();

    [LibraryImport(Library)]
    private static partial int nvmlInit_v2();

    [LibraryImport(Library)]
    private static partial int nvmlShutdown();

    [LibraryImport(Library)]
    private static partial int nvmlDeviceGetHandleByIndex_v2(uint index, out nint device);

    [LibraryImport(Library)]
    private static partial int nvmlDeviceGetUtilizationRates(nint device, out NvmlRates rates);

    [LibraryImport(Library)]
    private static partial int nvmlDeviceGetMemoryInfo(nint device, out NvmlMemory memory);

    [LibraryImport(Library)]
    private static partial int nvmlDeviceGetClockInfo(nint device, int kind, out uint megahertz);

    [LibraryImport(Library)]
    private static partial int nvmlDeviceGetPowerUsage(nint device, out uint milliwatts);

    [LibraryImport(Library)]
    private static partial int nvmlDeviceGetTemperature(nint device, int sensor, out uint celsius);

    [LibraryImport(Library)]
    private static partial int nvmlDeviceGetCurrentClocksThrottleReasons(nint device, out ulong reasons);
}
