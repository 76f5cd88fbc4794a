using System.Runtime.InteropServices;

namespace SlmPlanner.Calibrator.Distributed.Mpi;

/// <summary>
/// The functions of the MPI standard (version 3.1, C binding) that the collectives use. Handles are passed as pointer-sized
/// words: OpenMPI's are pointers, MPICH's are 32-bit integers that travel in the low half of a register.
/// </summary>
internal static unsafe partial class MpiNative
{
    /// <summary>The name that <see cref="MpiLibrary"/> resolves to the library it loaded.</summary>
    public const string Name = "mpi-of-this-machine";

    [LibraryImport(Name)]
    public static partial int MPI_Initialized(out int flag);

    [LibraryImport(Name)]
    public static partial int MPI_Init_thread(nint argc, nint argv, int required, out int provided);

    [LibraryImport(Name)]
    public static partial int MPI_Finalize();

    [LibraryImport(Name)]
    public static partial int MPI_Abort(nint comm, int code);

    [LibraryImport(Name)]
    public static partial int MPI_Get_library_version(byte* version, out int length);

    [LibraryImport(Name)]
    public static partial int MPI_Error_string(int code, byte* message, out int length);

    [LibraryImport(Name)]
    public static partial int MPI_Comm_set_errhandler(nint comm, nint handler);

    [LibraryImport(Name)]
    public static partial int MPI_Comm_rank(nint comm, out int rank);

    [LibraryImport(Name)]
    public static partial int MPI_Comm_size(nint comm, out int size);

    [LibraryImport(Name)]
    public static partial int MPI_Comm_split(nint comm, int color, int key, ref nint part);

    [LibraryImport(Name)]
    public static partial int MPI_Comm_free(ref nint comm);

    [LibraryImport(Name)]
    public static partial int MPI_Op_create(delegate* unmanaged<void*, void*, int*, nint, void> function, int commutes, ref nint op);

    [LibraryImport(Name)]
    public static partial int MPI_Barrier(nint comm);

    [LibraryImport(Name)]
    public static partial int MPI_Bcast(nint data, int count, nint type, int root, nint comm);

    [LibraryImport(Name)]
    public static partial int MPI_Allreduce(nint send, nint receive, int count, nint type, nint op, nint comm);

    [LibraryImport(Name)]
    public static partial int MPI_Allgather(nint send, int sendCount, nint sendType, nint receive, int count, nint type, nint comm);

    [LibraryImport(Name)]
    public static partial int MPI_Alltoall(nint send, int sendCount, nint sendType, nint receive, int count, nint type, nint comm);

    [LibraryImport(Name)]
    public static partial int MPI_Ibarrier(nint comm, ref nint request);

    [LibraryImport(Name)]
    public static partial int MPI_Ibcast(nint data, int count, nint type, int root, nint comm, ref nint request);

    [LibraryImport(Name)]
    public static partial int MPI_Iallreduce(nint send, nint receive, int count, nint type, nint op, nint comm, ref nint request);

    [LibraryImport(Name)]
    public static partial int MPI_Iallgather(
        nint send, int sendCount, nint sendType, nint receive, int count, nint type, nint comm, ref nint request);

    [LibraryImport(Name)]
    public static partial int MPI_Ialltoall(
        nint send, int sendCount, nint sendType, nint receive, int count, nint type, nint comm, ref nint request);

    [LibraryImport(Name)]
    public static partial int MPI_Test(ref nint request, out int done, nint status);

    [LibraryImport(Name)]
    public static partial int MPI_Wait(ref nint request, nint status);
}
