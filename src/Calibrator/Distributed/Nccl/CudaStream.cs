using SlmPlanner.Calibrator.Distributed.Collectives;
using SlmPlanner.Calibrator.Gpu;

namespace SlmPlanner.Calibrator.Distributed.Nccl;

/// <summary>A stream of its own for communication, so that it overlaps with libtorch's work on the default stream.</summary>
internal sealed class CudaStream : IDisposable
{
    private const nint DefaultStream = 0;
    private readonly int _device;

    /// <summary>Makes the device's primary context current on this thread, the one that libtorch uses, and creates the stream.</summary>
    /// <param name="ordinal">The device of this rank.</param>
    public CudaStream(int ordinal)
    {
        NcclCalls.CheckDriver(CudaDriver.cuInit(0), "start");
        NcclCalls.CheckDriver(CudaDriver.cuDeviceGet(out var device, ordinal), $"device {ordinal}");
        NcclCalls.CheckDriver(CudaDriver.cuDevicePrimaryCtxRetain(out var context, device), "context");
        _device = device;
        try
        {
            NcclCalls.CheckDriver(CudaDriver.cuCtxSetCurrent(context), "context");
            NcclCalls.CheckDriver(CudaDriver.cuStreamCreate(out var stream, CudaDriver.NonBlocking), "stream");
            Handle = stream;
        }
        catch (CollectiveException)
        {
            _ = CudaDriver.cuDevicePrimaryCtxRelease_v2(device);
            throw;
        }
    }

    /// <summary>The driver's handle.</summary>
    public nint Handle { get; }

    /// <summary>What follows on this stream waits for what the default stream has been given so far.</summary>
    public void AfterDefault()
    {
        var happening = Record(DefaultStream);
        NcclCalls.CheckDriver(CudaDriver.cuStreamWaitEvent(Handle, happening, 0), "wait");
        NcclCalls.CheckDriver(CudaDriver.cuEventDestroy_v2(happening), "event");
    }

    /// <summary>Marks the end of what this stream has been given so far.</summary>
    public CudaMark Mark() => new(Record(Handle));

    /// <summary>Waits on the host until the stream is empty.</summary>
    public void Synchronize() => NcclCalls.CheckDriver(CudaDriver.cuStreamSynchronize(Handle), "synchronize");

    /// <inheritdoc/>
    public void Dispose()
    {
        NcclCalls.CheckDriver(CudaDriver.cuStreamDestroy_v2(Handle), "stream");
        NcclCalls.CheckDriver(CudaDriver.cuDevicePrimaryCtxRelease_v2(_device), "context");
    }

    private static nint Record(nint stream)
    {
        NcclCalls.CheckDriver(CudaDriver.cuEventCreate(out var happening, CudaDriver.WithoutTiming), "event");
        NcclCalls.CheckDriver(CudaDriver.cuEventRecord(happening, stream), "event");
        return happening;
    }
}
