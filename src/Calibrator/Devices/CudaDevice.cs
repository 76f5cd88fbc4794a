using SlmPlanner.Calibrator.Gpu;
using SlmPlanner.Core;
using SlmPlanner.Core.Units;
using TorchSharp;

namespace SlmPlanner.Calibrator.Devices;

/// <summary>
/// One NVIDIA GPU. Unproven: written from documentation, never run on a GPU.
/// Memory is what the driver has given out on the whole device (CUDA driver API, cuMemGetInfo): libtorch's caching allocator
/// does not return memory, so in a fresh process this is the peak that it reserved, not what tensors held.
/// </summary>
internal sealed class CudaDevice : IComputeDevice
{
    /// <summary>Opens GPU <paramref name="index"/>.</summary>
    /// <exception cref="InputException">There is no such GPU, or this build has no CUDA.</exception>
    public CudaDevice(int index)
    {
        if (!torch.cuda.is_available())
            throw new InputException("--device cuda: libtorch sees no CUDA GPU; build with -p:TorchDevice=cuda on a machine that has one");
        if (index >= torch.cuda.device_count())
            throw new InputException($"--device cuda:{index}: this machine has {torch.cuda.device_count()} CUDA GPUs, numbered from 0");
        Torch = torch.device(DeviceType.CUDA, index);
        torch.zeros(1, device: Torch).Dispose();
    }

    /// <inheritdoc/>
    public torch.Device Torch { get; }

    /// <inheritdoc/>
    public bool RunsBehindHost => true;

    /// <inheritdoc/>
    public void Synchronize() => torch.cuda.synchronize(Torch);

    /// <inheritdoc/>
    public void ResetPeakMemory()
    {
    }

    /// <inheritdoc/>
    public Bytes PeakMemory() => CurrentMemory();

    /// <inheritdoc/>
    public Bytes CurrentMemory() => MemoryInUse();

    /// <summary>What the driver has given out on this thread's device.</summary>
    internal static Bytes MemoryInUse()
    {
        var error = CudaDriver.cuMemGetInfo_v2(out var free, out var total);
        return error == 0 ? new((double)total - free) : throw new InvalidOperationException($"cuMemGetInfo failed with {error}");
    }
}
