using SlmPlanner.Core.Units;
using TorchSharp;

namespace SlmPlanner.Calibrator.Devices;

/// <summary>What measuring needs from a device: the CPU, or one CUDA GPU.</summary>
internal interface IComputeDevice
{
    /// <summary>The device as libtorch names it.</summary>
    torch.Device Torch { get; }

    /// <summary>True when work is queued and the host goes on (CUDA): timed windows must synchronise.</summary>
    bool RunsBehindHost { get; }

    /// <summary>Waits until everything queued is done.</summary>
    void Synchronize();

    /// <summary>Starts a new memory peak.</summary>
    void ResetPeakMemory();

    /// <summary>Peak memory since <see cref="ResetPeakMemory"/>: see each device for what it counts.</summary>
    Bytes PeakMemory();

    /// <summary>Memory held now, in the same way of counting.</summary>
    Bytes CurrentMemory();
}
