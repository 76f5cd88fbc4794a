namespace SlmPlanner.Calibrator.Distributed.Collectives;

/// <summary>Contiguous elements at an address that the caller keeps alive until the collective has ended.</summary>
/// <param name="Address">The first element, in host memory for MPI and in device memory for NCCL.</param>
/// <param name="Count">Elements, ≥ 0.</param>
/// <param name="Type">Their number format.</param>
internal readonly record struct DataBuffer(nint Address, long Count, ElementType Type)
{
    /// <summary>The size in bytes.</summary>
    public long Bytes => Count * Type.Width();

    /// <summary>A part of the buffer.</summary>
    /// <param name="start">Its first element.</param>
    /// <param name="count">Its elements.</param>
    public DataBuffer Slice(long start, long count) => new(Address + (nint)(start * Type.Width()), count, Type);
}
