using System.Runtime.InteropServices;

namespace SlmPlanner.Calibrator.Gpu;

/// <summary>The functions of NVML (<c>nvml.h</c>) that this program calls. Run against a fake driver, not on a GPU.</summary>
internal static partial class NvmlDriver
{
    private const string Library = "libnvidia-ml.so.1";

    [LibraryImport(Library)]
    public static partial int nvmlInit_v2();

    [LibraryImport(Library)]
    public static partial int nvmlShutdown();

    [LibraryImport(Library)]
    public static partial int nvmlDeviceGetHandleByIndex_v2(uint index, out nint device);

    [LibraryImport(Library)]
    public static partial int nvmlDeviceGetUtilizationRates(nint device, out NvmlRates rates);

    [LibraryImport(Library)]
    public static partial int nvmlDeviceGetMemoryInfo(nint device, out NvmlMemory memory);

    [LibraryImport(Library)]
    public static partial int nvmlDeviceGetClockInfo(nint device, int kind, out uint megahertz);

    [LibraryImport(Library)]
    public static partial int nvmlDeviceGetPowerUsage(nint device, out uint milliwatts);

    [LibraryImport(Library)]
    public static partial int nvmlDeviceGetTemperature(nint device, int sensor, out uint celsius);

    [LibraryImport(Library)]
    public static partial int nvmlDeviceGetCurrentClocksThrottleReasons(nint device, out ulong reasons);
}

/// <summary><c>nvmlUtilization_t</c>: percent of the time in which a kernel ran, and in which memory was read or written.</summary>
internal readonly record struct NvmlRates(uint Gpu, uint Memory);

/// <summary><c>nvmlMemory_t</c>: bytes.</summary>
internal readonly record struct NvmlMemory(ulong Total, ulong Free, ulong Used);
