namespace SlmPlanner.Calibrator.Distributed.Mpi;

/// <summary>The MPI operation that sums bfloat16.</summary>
internal static unsafe class MpiBFloat16
{
    /// <summary>Registers the operation, once per process.</summary>
    public static nint Create()
    {
        nint op = 0;
        MpiCalls.Check(MpiNative.MPI_Op_create(BFloat16Sum.Function, commutes: 1, ref op), "sum of bfloat16");
        return op;
    }
}
