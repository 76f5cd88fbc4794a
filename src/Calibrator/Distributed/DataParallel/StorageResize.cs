using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace SlmPlanner.Calibrator.Distributed.DataParallel;

/// <summary>
/// Frees and refills a tensor's memory while autograd still holds the tensor, as FSDP does in PyTorch. libtorch has no public
/// way: this calls <c>at::native::resize_bytes_cpu</c> by its mangled name on the StorageImpl that lies 16 bytes into a
/// TensorImpl (libtorch 2.10). <see cref="Works"/> tries it once; where it fails, sharded training must recompute instead.
/// </summary>
internal static unsafe partial class StorageResize
{
    private const int StorageOffset = 16;
    private const int Elements = 4096;
    private const float Refill = 7;
    private static readonly Lazy<bool> Tried = new(Try);

    /// <summary>True when this build of libtorch passes the self-test.</summary>
    public static bool Works(Device device) => device.type == DeviceType.CPU && Tried.Value;

    /// <summary>Frees the memory of a tensor and of all its views.</summary>
    public static void Free(Tensor flat) => Resize(flat, 0);

    /// <summary>Gives it memory again, of undefined content.</summary>
    /// <param name="flat">The tensor.</param>
    /// <param name="bytes">Its size.</param>
    public static void Restore(Tensor flat, long bytes) => Resize(flat, bytes);

    private static void Resize(Tensor flat, long bytes)
    {
        var tensorImpl = *(byte**)flat.Handle;
        var storageImpl = *(void**)(tensorImpl + StorageOffset);
        ResizeBytes(storageImpl, (nuint)bytes);
    }

    /// <summary>A product's gradient needs the factor that was freed and refilled with other values meanwhile.</summary>
    private static bool Try()
    {
        if (!NativeLibrary.TryLoad("torch_cpu", typeof(StorageResize).Assembly, null, out var library)
            || !NativeLibrary.TryGetExport(library, "_ZN2at6native16resize_bytes_cpuEPN3c1011StorageImplEm", out _))
            return false;
        using var scope = NewDisposeScope();
        var flat = ones(Elements);
        var leaf = flat.narrow(0, 0, Elements).detach();
        var x = full([Elements], 3f).requires_grad_(true);
        var y = (x * leaf).sum();
        Free(flat);
        Restore(flat, Elements * sizeof(float));
        new Span<float>((void*)flat.Buffer().Address, Elements).Fill(Refill);
        y.backward();
        return x.grad!.eq(Refill).all().ToBoolean();
    }

    [LibraryImport("torch_cpu", EntryPoint = "_ZN2at6native16resize_bytes_cpuEPN3c1011StorageImplEm")]
    private static partial void ResizeBytes(void* storage, nuint bytes);
}
