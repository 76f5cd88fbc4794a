using SlmPlanner.Calibrator.Distributed.Collectives;

namespace SlmPlanner.Calibrator.Distributed.Mpi;

/// <summary>The start and end of MPI in this process; MPI allows one of each.</summary>
internal static class MpiWorld
{
    private const int Serialized = 2;

    /// <summary>Joins the ranks that the launcher started. Disposing the group ends MPI.</summary>
    /// <exception cref="CollectiveException">No library, or it refused to start.</exception>
    public static ICollectives Join()
    {
        MpiTuning.Apply();
        var handles = MpiLibrary.Handles;
        MpiCalls.Check(MpiNative.MPI_Init_thread(0, 0, Serialized, out _), "start");
        return new MpiCollectives(handles.World, MpiBFloat16.Create(), endsMpi: true);
    }

    /// <summary>Ends all ranks at once with an exit code; ends this one, and the launcher the others, when MPI has not started.</summary>
    public static void Abort(int code)
    {
        if (MpiLibrary.Present && MpiNative.MPI_Initialized(out var started) == 0 && started != 0)
            MpiCalls.Check(MpiNative.MPI_Abort(MpiLibrary.Handles.World, code), "abort");
        Environment.Exit(code);
    }
}
