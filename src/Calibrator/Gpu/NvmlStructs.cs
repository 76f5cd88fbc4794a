namespace SlmPlanner.Calibrator.Gpu;

/// <summary><c>nvmlUtilization_t</c>: percent of the time in which a kernel ran, and in which memory was read or written.</summary>
internal readonly record struct NvmlRates(uint Gpu, uint Memory);

/// <summary><c>nvmlMemory_t</c>: bytes.</summary>
internal readonly record struct NvmlMemory(ulong Total, ulong Free, ulong Used);
