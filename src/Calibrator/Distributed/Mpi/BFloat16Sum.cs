using System.Runtime.InteropServices;

namespace SlmPlanner.Calibrator.Distributed.Mpi;

/// <summary>
/// Sums of bfloat16, which MPI 3.1 has no type for: each addition is done in fp32 (bfloat16 is the upper half of a float) and
/// rounded to nearest even. A reduction over N ranks thus rounds at most N − 1 times per element.
/// </summary>
internal static unsafe class BFloat16Sum
{
    /// <summary>The function for MPI_Op_create.</summary>
    public static delegate* unmanaged<void*, void*, int*, nint, void> Function => &Reduce;

    /// <summary>The float that a bfloat16 stands for; exact.</summary>
    public static float Widen(ushort value) => BitConverter.UInt32BitsToSingle((uint)value << 16);

    /// <summary>The nearest bfloat16, ties to even; NaN stays NaN.</summary>
    public static ushort Narrow(float value)
    {
        if (float.IsNaN(value))
            return 0x7FC0;
        var bits = BitConverter.SingleToUInt32Bits(value);
        return (ushort)(unchecked(bits + 0x7FFF + ((bits >> 16) & 1)) >> 16);
    }

    /// <summary>Adds <paramref name="count"/> elements into <paramref name="sum"/>.</summary>
    public static void Add(ushort* term, ushort* sum, long count)
    {
        for (long i = 0; i < count; i++)
            sum[i] = Narrow(Widen(term[i]) + Widen(sum[i]));
    }

    [UnmanagedCallersOnly]
    private static void Reduce(void* term, void* sum, int* count, nint type) => Add((ushort*)term, (ushort*)sum, *count);
}

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
