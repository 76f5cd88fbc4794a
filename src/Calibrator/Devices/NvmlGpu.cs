using SlmPlanner.Calibrator.Gpu;

namespace SlmPlanner.Calibrator.Devices;

/// <summary>
/// One NVIDIA GPU in the driver's own library (<c>libnvidia-ml.so.1</c>, NVIDIA's NVML API reference).
/// Every call has run against a fake driver, none on a GPU.
/// </summary>
internal sealed class NvmlGpu : INvmlGpu
{
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
            if (NvmlDriver.nvmlInit_v2() != Success)
                return null;
            if (NvmlDriver.nvmlDeviceGetHandleByIndex_v2(index, out var device) == Success)
                return new(device);
            _ = NvmlDriver.nvmlShutdown();
            return null;
        }
        catch (DllNotFoundException)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public int Utilization(out NvmlRates rates) => NvmlDriver.nvmlDeviceGetUtilizationRates(_device, out rates);

    /// <inheritdoc/>
    public int Memory(out NvmlMemory memory) => NvmlDriver.nvmlDeviceGetMemoryInfo(_device, out memory);

    /// <inheritdoc/>
    public int Clock(out uint megahertz) => NvmlDriver.nvmlDeviceGetClockInfo(_device, MultiprocessorClock, out megahertz);

    /// <inheritdoc/>
    public int Power(out uint milliwatts) => NvmlDriver.nvmlDeviceGetPowerUsage(_device, out milliwatts);

    /// <inheritdoc/>
    public int Temperature(out uint celsius) => NvmlDriver.nvmlDeviceGetTemperature(_device, CoreTemperature, out celsius);

    /// <summary>NVIDIA has deprecated this call, so a later driver may lack it.</summary>
    public int ThrottleReasons(out ulong reasons)
    {
        try
        {
            return NvmlDriver.nvmlDeviceGetCurrentClocksThrottleReasons(_device, out reasons);
        }
        catch (EntryPointNotFoundException)
        {
            reasons = 0;
            return FunctionNotFound;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _ = NvmlDriver.nvmlShutdown();
}
