using SlmPlanner.Calibrator.Distributed.Collectives;
using SlmPlanner.Calibrator.Gpu;

namespace SlmPlanner.Calibrator.Distributed.Nccl;

/// <summary>The end of a collective on NCCL's stream. Waiting orders the default stream after it and does not block the host.</summary>
internal sealed class CudaMark(nint happening) : IPending
{
    private const int NotReady = 600;
    private const nint DefaultStream = 0;
    private bool _waited;

    /// <inheritdoc/>
    public bool Poll()
    {
        if (_waited)
            return true;
        var code = CudaDriver.cuEventQuery(happening);
        if (code == NotReady)
            return false;
        NcclCalls.CheckDriver(code, "poll");
        return true;
    }

    /// <inheritdoc/>
    public void Wait()
    {
        if (_waited)
            return;
        _waited = true;
        NcclCalls.CheckDriver(CudaDriver.cuStreamWaitEvent(DefaultStream, happening, 0), "wait");
        NcclCalls.CheckDriver(CudaDriver.cuEventDestroy_v2(happening), "event");
    }
}
