using System.Runtime.InteropServices;
using SlmPlanner.Calibrator.Distributed.Collectives;
using SlmPlanner.Calibrator.Gpu;

namespace SlmPlanner.Calibrator.Distributed.Nccl;

/// <summary>Turns NCCL's and the CUDA driver's return codes into exceptions.</summary>
internal static class NcclCalls
{
    /// <summary>Throws NCCL's own message and its last detail when a call failed.</summary>
    public static void Check(int code, nint comm, string what)
    {
        if (code != 0)
            throw new CollectiveException($"NCCL, {what}: {Text(NcclDriver.ncclGetErrorString(code))}; "
                + $"{Text(NcclDriver.ncclGetLastError(comm))}");
    }

    /// <summary>Throws the driver's own name of the error when a call failed.</summary>
    public static void CheckDriver(int code, string what)
    {
        if (code == 0)
            return;
        var name = CudaDriver.cuGetErrorString(code, out var text) == 0 ? Text(text) : "unknown";
        throw new CollectiveException($"CUDA, {what}: {name} ({code})");
    }

    private static string Text(nint text) => Marshal.PtrToStringUTF8(text) ?? "";
}
