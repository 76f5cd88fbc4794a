using System.Runtime.InteropServices;
using SlmPlanner.Core;
using SlmPlanner.Core.Units;
using TorchSharp;

namespace SlmPlanner.Calibrator.Devices;

/// <summary>
/// One NVIDIA GPU. Unproven: written from documentation, never run on a GPU.
/// Memory is what the driver has given out on the whole device (CUDA driver API, cuMemGetInfo): libtorch's caching allocator
/// does not return memory, so in a fresh process this is the peak that it reserved, not what tensors held.
/// </summary>
internal sealed partial class CudaDevice : IComputeDevice
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
    public Bytes CurrentMemory()
    {
        var error = cuMemGetInfo(out var free, out var total);
        return error == 0 ? new((double)total - free) : throw new InvalidOperationException($"cuMemGetInfo failed with {error}");
    }

    [LibraryImport("libcuda.so.1", EntryPoint = "cuMemGetInfo_v2")]
    private static partial int cuMemGetInfo(out nuint free, out nuint total);
}
