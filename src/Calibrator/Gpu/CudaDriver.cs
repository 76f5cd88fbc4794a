using System.Runtime.InteropServices;

namespace SlmPlanner.Calibrator.Gpu;

/// <summary>
/// The functions of the CUDA driver API (<c>cuda.h</c>) that this program calls: memory in use, and the order of NCCL's stream against
/// libtorch's. Every one has run against a fake driver (tests/Calibrator.Tests/FakeGpu); none on a GPU.
/// </summary>
internal static partial class CudaDriver
{
    /// <summary>CU_STREAM_NON_BLOCKING: not ordered against the default stream except by events.</summary>
    public const uint NonBlocking = 1;

    /// <summary>CU_EVENT_DISABLE_TIMING.</summary>
    public const uint WithoutTiming = 2;

    private const string Name = "libcuda.so.1";

    [LibraryImport(Name)]
    public static partial int cuInit(uint flags);

    [LibraryImport(Name)]
    public static partial int cuGetErrorString(int code, out nint text);

    [LibraryImport(Name)]
    public static partial int cuDeviceGet(out int device, int ordinal);

    [LibraryImport(Name)]
    public static partial int cuDevicePrimaryCtxRetain(out nint context, int device);

    [LibraryImport(Name)]
    public static partial int cuDevicePrimaryCtxRelease_v2(int device);

    [LibraryImport(Name)]
    public static partial int cuCtxSetCurrent(nint context);

    [LibraryImport(Name)]
    public static partial int cuStreamCreate(out nint stream, uint flags);

    [LibraryImport(Name)]
    public static partial int cuStreamDestroy_v2(nint stream);

    [LibraryImport(Name)]
    public static partial int cuStreamSynchronize(nint stream);

    [LibraryImport(Name)]
    public static partial int cuStreamWaitEvent(nint stream, nint happening, uint flags);

    [LibraryImport(Name)]
    public static partial int cuEventCreate(out nint happening, uint flags);

    [LibraryImport(Name)]
    public static partial int cuEventDestroy_v2(nint happening);

    [LibraryImport(Name)]
    public static partial int cuEventRecord(nint happening, nint stream);

    [LibraryImport(Name)]
    public static partial int cuEventQuery(nint happening);

    [LibraryImport(Name)]
    public static partial int cuMemGetInfo_v2(out nuint free, out nuint total);

    [LibraryImport(Name)]
    public static partial int cuMemAlloc_v2(out nint address, nuint bytes);

    [LibraryImport(Name)]
    public static partial int cuMemFree_v2(nint address);

    [LibraryImport(Name)]
    public static partial int cuMemcpyHtoD_v2(nint device, nint host, nuint bytes);

    [LibraryImport(Name)]
    public static partial int cuMemcpyDtoH_v2(nint host, nint device, nuint bytes);

    [LibraryImport(Name)]
    public static partial int cuMemsetD8_v2(nint address, byte value, nuint bytes);
}
