using System.Runtime.InteropServices;

namespace SlmPlanner.Calibrator.Gpu;

/// <summary>
/// The functions of NCCL (2.18 and later, <c>nccl.h</c>) that the collectives use. Run against a fake library, not on a GPU.
/// </summary>
internal static unsafe partial class NcclDriver
{
    /// <summary>The name that <c>NcclLibrary</c> resolves to the library it loaded.</summary>
    public const string Name = "nccl-of-this-machine";

    /// <summary>ncclUint8.</summary>
    public const int Byte = 1;

    /// <summary>ncclFloat32.</summary>
    public const int Float32 = 7;

    /// <summary>ncclBfloat16.</summary>
    public const int BFloat16 = 9;

    /// <summary>ncclSum.</summary>
    public const int Sum = 0;

    [LibraryImport(Name)]
    public static partial int ncclGetVersion(out int version);

    [LibraryImport(Name)]
    public static partial nint ncclGetErrorString(int code);

    [LibraryImport(Name)]
    public static partial nint ncclGetLastError(nint comm);

    [LibraryImport(Name)]
    public static partial int ncclGetUniqueId(NcclUniqueId* id);

    [LibraryImport(Name)]
    public static partial int ncclCommInitRank(out nint comm, int ranks, NcclUniqueId id, int rank);

    [LibraryImport(Name)]
    public static partial int ncclCommSplit(nint comm, int color, int key, out nint part, nint config);

    [LibraryImport(Name)]
    public static partial int ncclCommCount(nint comm, out int count);

    [LibraryImport(Name)]
    public static partial int ncclCommUserRank(nint comm, out int rank);

    [LibraryImport(Name)]
    public static partial int ncclCommDestroy(nint comm);

    [LibraryImport(Name)]
    public static partial int ncclAllReduce(nint send, nint receive, nuint count, int type, int op, nint comm, nint stream);

    [LibraryImport(Name)]
    public static partial int ncclReduceScatter(nint send, nint receive, nuint receiveCount, int type, int op, nint comm, nint stream);

    [LibraryImport(Name)]
    public static partial int ncclAllGather(nint send, nint receive, nuint sendCount, int type, nint comm, nint stream);

    [LibraryImport(Name)]
    public static partial int ncclBroadcast(nint send, nint receive, nuint count, int type, int root, nint comm, nint stream);
}

/// <summary>The 128 bytes by which the ranks of a new communicator find each other (ncclUniqueId).</summary>
internal unsafe struct NcclUniqueId
{
    /// <summary>Its size.</summary>
    public const int Size = 128;

    private fixed byte _bytes[Size];
}
