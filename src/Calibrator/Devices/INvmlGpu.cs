using SlmPlanner.Calibrator.Gpu;

namespace SlmPlanner.Calibrator.Devices;

/// <summary>
/// The counters of one GPU as NVML gives them. Each call returns an <c>nvmlReturn_t</c>: 0 is success, and a counter that the GPU,
/// its driver or its partition does not have answers 3 (NVML_ERROR_NOT_SUPPORTED).
/// </summary>
internal interface INvmlGpu : IDisposable
{
    int Utilization(out NvmlRates rates);

    int Memory(out NvmlMemory memory);

    /// <summary>Clock of the multiprocessors, MHz.</summary>
    int Clock(out uint megahertz);

    int Power(out uint milliwatts);

    /// <summary>Temperature of the core, °C.</summary>
    int Temperature(out uint celsius);

    /// <summary>Why the clocks are lower than asked for; a bit for each reason.</summary>
    int ThrottleReasons(out ulong reasons);
}
