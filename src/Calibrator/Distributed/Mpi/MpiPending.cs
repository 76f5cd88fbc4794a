using SlmPlanner.Calibrator.Distributed.Collectives;
using SlmPlanner.Data.Measurements.Runs;

namespace SlmPlanner.Calibrator.Distributed.Mpi;

/// <summary>A non-blocking MPI operation. MPI makes progress inside its own calls only, so overlap needs <see cref="Poll"/>.</summary>
internal sealed class MpiPending(nint request, CollectiveKind kind, Action? finish) : IPending
{
    private nint _request = request;
    private bool _done;

    /// <inheritdoc/>
    public bool Poll()
    {
        if (_done)
            return true;
        MpiCalls.Check(MpiNative.MPI_Test(ref _request, out var done, MpiLibrary.Handles.IgnoreStatus), kind);
        if (done != 0)
            Finish();
        return _done;
    }

    /// <inheritdoc/>
    public void Wait()
    {
        if (_done)
            return;
        MpiCalls.Check(MpiNative.MPI_Wait(ref _request, MpiLibrary.Handles.IgnoreStatus), kind);
        Finish();
    }

    private void Finish()
    {
        _done = true;
        finish?.Invoke();
    }
}
