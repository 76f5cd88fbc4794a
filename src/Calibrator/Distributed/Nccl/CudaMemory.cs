using SlmPlanner.Calibrator.Distributed.Collectives;
using SlmPlanner.Calibrator.Gpu;

namespace SlmPlanner.Calibrator.Distributed.Nccl;

/// <summary>Memory of the current CUDA device. Run against a fake driver, not yet on a GPU.</summary>
internal sealed unsafe class CudaMemory : IMessageMemory
{
    /// <inheritdoc/>
    public nint Allocate(long bytes)
    {
        NcclCalls.CheckDriver(CudaDriver.cuMemAlloc_v2(out var address, (nuint)bytes), $"{bytes} bytes");
        var cleared = CudaDriver.cuMemsetD8_v2(address, 0, (nuint)bytes);
        if (cleared != 0)
            _ = CudaDriver.cuMemFree_v2(address);
        NcclCalls.CheckDriver(cleared, "clear");
        return address;
    }

    /// <inheritdoc/>
    public void Write(nint address, ReadOnlySpan<byte> bytes)
    {
        fixed (byte* host = bytes)
            NcclCalls.CheckDriver(CudaDriver.cuMemcpyHtoD_v2(address, (nint)host, (nuint)bytes.Length), "copy to the device");
    }

    /// <inheritdoc/>
    public void Read(nint address, Span<byte> bytes)
    {
        fixed (byte* host = bytes)
            NcclCalls.CheckDriver(CudaDriver.cuMemcpyDtoH_v2((nint)host, address, (nuint)bytes.Length), "copy from the device");
    }

    /// <inheritdoc/>
    public void Free(nint address) => NcclCalls.CheckDriver(CudaDriver.cuMemFree_v2(address), "free");
}
