using System.Runtime.InteropServices;

namespace SlmPlanner.Calibrator.Distributed.Mpi;

/// <summary>Settings of an MPI library that its defaults get wrong for training, made before it starts.</summary>
internal static partial class MpiTuning
{
    /// <summary>
    /// OpenMPI's non-blocking all-reduce of fewer than four ranks reduces to one and broadcasts: every byte crosses the link twice in
    /// turn. Its algorithm 3 is Rabenseifner's (2004), reduce-scatter and all-gather, which moves the least bytes for any number of ranks.
    /// </summary>
    private const string AllReduce = "OMPI_MCA_coll_libnbc_iallreduce_algorithm", ReduceScatterAllGather = "3";

    /// <summary>
    /// Over TCP, OpenMPI lets the receiver ask for the rest of a long message (its put protocol). Where both sides send at once, as in
    /// every gather, the question queues behind the asker's own data and the link carries one direction at a time. Flag 1 is plain sending
    /// (MCA_BTL_FLAGS_SEND).
    /// </summary>
    private const string TcpProtocol = "OMPI_MCA_btl_tcp_flags", PlainSending = "1";

    private const int KeepsOwn = 0;

    /// <summary>Sets what the user has not set. The library reads the C environment, which .NET's does not reach.</summary>
    public static void Apply()
    {
        if (OperatingSystem.IsWindows())
            return;
        _ = setenv(AllReduce, ReduceScatterAllGather, KeepsOwn);
        _ = setenv(TcpProtocol, PlainSending, KeepsOwn);
    }

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int setenv(string name, string value, int overwrite);
}
