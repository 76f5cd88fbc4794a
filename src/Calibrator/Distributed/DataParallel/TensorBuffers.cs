using System.Runtime.InteropServices;
using SlmPlanner.Calibrator.Distributed.Collectives;
using TorchSharp;
using static TorchSharp.torch;

namespace SlmPlanner.Calibrator.Distributed.DataParallel;

/// <summary>Collectives on tensors: their data in place, through libtorch's stable C ABI.</summary>
internal static partial class TensorBuffers
{
    /// <summary>The data of a contiguous tensor, valid as long as the tensor is.</summary>
    /// <exception cref="ArgumentException">Not contiguous, or of another number format.</exception>
    public static DataBuffer Buffer(this Tensor tensor)
    {
        if (!tensor.is_contiguous())
            throw new ArgumentException("collectives need contiguous tensors");
        var type = tensor.dtype switch
        {
            ScalarType.Float32 => ElementType.Float32,
            ScalarType.BFloat16 => ElementType.BFloat16,
            var other => throw new ArgumentException($"collectives do not carry {other}"),
        };
        return aoti_torch_get_data_ptr(tensor.Handle, out var address) == 0
            ? new(address, tensor.numel(), type)
            : throw new CollectiveException("libtorch gives no data pointer; its message is on standard error");
    }

    /// <summary>The sum of one number over the ranks, computed where the tensors are.</summary>
    public static double Sum(this ICollectives group, double value, Device device)
    {
        using var number = tensor((float)value, device: device);
        group.Run(Collective.AllReduce(number.Buffer()));
        return number.ToDouble();
    }

    [LibraryImport("torch_cpu")]
    private static partial int aoti_torch_get_data_ptr(nint tensor, out nint address);
}
