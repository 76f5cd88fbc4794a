using System.Runtime.InteropServices;
using SlmPlanner.Calibrator.Distributed.Collectives;
using SlmPlanner.Data.Measurements.Runs;

namespace SlmPlanner.Calibrator.Distributed.Mpi;

/// <summary>Turns MPI's return codes into exceptions.</summary>
internal static unsafe class MpiCalls
{
    private const int LongestMessage = 1024;

    /// <summary>Throws the library's own message when a call failed.</summary>
    /// <param name="code">What the call returned.</param>
    /// <param name="what">The operation, for the message.</param>
    public static void Check(int code, string what)
    {
        if (code == 0)
            return;
        var text = stackalloc byte[LongestMessage];
        MpiNative.MPI_Error_string(code, text, out var length);
        throw new CollectiveException($"MPI, {what}: {Marshal.PtrToStringUTF8((nint)text, length)}");
    }

    /// <summary>The same for a collective, which is put into words only when it failed: small messages take as long as a text.</summary>
    public static void Check(int code, CollectiveKind kind)
    {
        if (code != 0)
            Check(code, $"{kind}");
    }

    /// <summary>MPI 3.1 counts in 32 bits.</summary>
    public static int Count(long count) => count <= int.MaxValue
        ? (int)count
        : throw new CollectiveException($"{count} elements in one MPI call; at most {int.MaxValue}: use smaller buckets");
}
