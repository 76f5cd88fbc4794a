namespace SlmPlanner.Calibrator.Distributed.Launch;

/// <summary>What ranks train and communicate on.</summary>
internal enum DeviceKind
{
    /// <summary>Cores of the host, over MPI.</summary>
    Cpu,

    /// <summary>One GPU per rank, over NCCL.</summary>
    Cuda,
}
