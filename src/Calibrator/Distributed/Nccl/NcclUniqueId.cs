namespace SlmPlanner.Calibrator.Distributed.Nccl;

/// <summary>The 128 bytes by which the ranks of a new communicator find each other (ncclUniqueId).</summary>
internal unsafe struct NcclUniqueId
{
    /// <summary>Its size.</summary>
    public const int Size = 128;

    private fixed byte _bytes[Size];
}
