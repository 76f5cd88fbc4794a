using System.Runtime.InteropServices;
using SlmPlanner.Calibrator.Distributed.Collectives;

namespace SlmPlanner.Calibrator.Distributed.Mpi;

/// <summary>The predefined handles of an MPI library: its C header's macros, which a dynamic library does not export by name.</summary>
/// <param name="World">MPI_COMM_WORLD.</param>
/// <param name="Float">MPI_FLOAT.</param>
/// <param name="Short">MPI_UNSIGNED_SHORT, which carries bfloat16.</param>
/// <param name="Byte">MPI_BYTE.</param>
/// <param name="Sum">MPI_SUM.</param>
/// <param name="ErrorsReturn">MPI_ERRORS_RETURN.</param>
/// <param name="InPlace">MPI_IN_PLACE.</param>
/// <param name="IgnoreStatus">MPI_STATUS_IGNORE.</param>
internal sealed record MpiHandles(nint World, nint Float, nint Short, nint Byte, nint Sum, nint ErrorsReturn, nint InPlace,
    nint IgnoreStatus)
{
    /// <summary>OpenMPI: addresses of exported objects (<c>mpi.h</c> of 4.1, OMPI_PREDEFINED_GLOBAL).</summary>
    public static MpiHandles OpenMpi(nint library) => new(
        Export(library, "ompi_mpi_comm_world"), Export(library, "ompi_mpi_float"), Export(library, "ompi_mpi_unsigned_short"),
        Export(library, "ompi_mpi_byte"), Export(library, "ompi_mpi_op_sum"), Export(library, "ompi_mpi_errors_return"),
        InPlace: 1, IgnoreStatus: 0);

    /// <summary>MPICH and what shares its ABI (Intel MPI, MVAPICH): constants of <c>mpi.h</c>, fixed by the MPICH ABI initiative.</summary>
    public static MpiHandles Mpich { get; } = new(
        0x44000000, 0x4c00040a, 0x4c000204, 0x4c00010d, 0x58000003, 0x54000001, InPlace: -1, IgnoreStatus: 1);

    /// <summary>The data type of an element.</summary>
    public nint Type(ElementType type) => type switch
    {
        ElementType.Float32 => Float,
        ElementType.BFloat16 => Short,
        _ => Byte,
    };

    private static nint Export(nint library, string name) => NativeLibrary.GetExport(library, name);
}
