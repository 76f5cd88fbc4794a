using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace SlmPlanner.Calibrator.Loading;

/// <summary>
/// Calls any ATen operator by name through libtorch's stable C ABI (<c>torch/csrc/stable/c/shim.h</c>, libtorch 2.10),
/// for the operators that TorchSharp does not expose. Autograd records the calls as it does any other.
/// Arguments are 64-bit words: tensors as owned handles, floats by their bits, none as zero, what may be none as an address.
/// </summary>
internal static unsafe partial class Dispatcher
{
    /// <summary>An absent optional argument.</summary>
    public const ulong None = 0;

    private const string Library = "torch_cpu";

    /// <summary>A tensor argument.</summary>
    public static ulong Word(Tensor tensor)
    {
        Check(aoti_torch_new_tensor_handle(tensor.Handle, out var handle), "new tensor handle");
        return (ulong)handle;
    }

    /// <summary>
    /// A tensor where the operator's schema allows for none: a word on the heap, which libtorch frees with <c>delete</c>, the same as
    /// <c>free</c> in the C library that it is built for (<c>torch/csrc/stable/stableivalue_conversions.h</c>, optional values).
    /// </summary>
    public static ulong Optional(Tensor? tensor)
    {
        if (tensor is null)
            return None;
        var word = (ulong*)NativeMemory.Alloc(sizeof(ulong));
        *word = Word(tensor);
        return (ulong)word;
    }

    /// <summary>A list of tensors.</summary>
    public static ulong Word(IReadOnlyList<Tensor> tensors)
    {
        Check(torch_new_list_reserve_size((nuint)tensors.Count, out var list), "new list");
        foreach (var tensor in tensors)
            Check(torch_list_push_back(list, Word(tensor)), "list push");
        return (ulong)list;
    }

    /// <summary>A <c>float</c> of the operator's schema.</summary>
    public static ulong Word(double value) => BitConverter.DoubleToUInt64Bits(value);

    /// <summary>An <c>int</c> or <c>SymInt</c> of the operator's schema.</summary>
    public static ulong Word(long value) => unchecked((ulong)value);

    /// <summary>A <c>bool</c> of the operator's schema.</summary>
    public static ulong Word(bool value) => value ? 1UL : 0UL;

    /// <summary>Calls an operator that returns nothing, or whose result is dropped because it works in place.</summary>
    public static void Invoke(string name, string overload, params ulong[] arguments) => Call(name, overload, arguments);

    /// <summary>Calls an operator that returns one tensor.</summary>
    public static Tensor Tensor(string name, string overload, params ulong[] arguments)
    {
        Call(name, overload, arguments);
        return torch.Tensor.UnsafeCreateTensor((nint)arguments[0]);
    }

    /// <summary>Calls an operator that returns one integer.</summary>
    public static long Integer(string name, string overload, params ulong[] arguments)
    {
        Call(name, overload, arguments);
        return unchecked((long)arguments[0]);
    }

    private static void Call(string name, string overload, ulong[] stack)
    {
        fixed (ulong* words = stack)
            Check(torch_call_dispatcher(name, overload, words, aoti_torch_abi_version()), name);
    }

    private static void Check(int error, string what)
    {
        if (error != 0)
            throw new InvalidOperationException($"libtorch refused {what}; its message is on standard error");
    }

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int torch_call_dispatcher(string name, string overload, ulong* stack, ulong abiVersion);

    [LibraryImport(Library)]
    private static partial ulong aoti_torch_abi_version();

    [LibraryImport(Library)]
    private static partial int aoti_torch_new_tensor_handle(nint original, out nint handle);

    [LibraryImport(Library)]
    private static partial int torch_new_list_reserve_size(nuint size, out nint list);

    [LibraryImport(Library)]
    private static partial int torch_list_push_back(nint list, ulong word);
}
