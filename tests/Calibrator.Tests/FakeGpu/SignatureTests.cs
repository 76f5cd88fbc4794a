using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SlmPlanner.Calibrator.Gpu;

namespace SlmPlanner.Calibrator.Tests.FakeGpu;

/// <summary>What the program declares of NVIDIA's libraries is what their headers declare.</summary>
public class SignatureTests
{
    private const BindingFlags Declared = BindingFlags.Static | BindingFlags.Public | BindingFlags.DeclaredOnly;

    private static readonly (Type Type, string Library)[] Bindings =
        [(typeof(CudaDriver), "libcuda.so.1"), (typeof(NcclDriver), "libnccl.so.2"), (typeof(NvmlDriver), "libnvidia-ml.so.1")];

    [Fact]
    public void Every_binding_is_declared_by_a_header_and_every_declaration_is_bound() => Assert.Equal(
        FakeDriver.Signatures.Select(signature => (signature.Library, signature.Function)).Order(),
        Bindings.SelectMany(binding => Functions(binding.Type).Select(method => (binding.Library, method.Name))).Order());

    [Fact]
    public void Every_parameter_is_passed_as_the_header_wants_it()
    {
        foreach (var (type, _) in Bindings)
        {
            foreach (var method in Functions(type))
            {
                var signature = FakeDriver.Signatures.Single(signature => signature.Function == method.Name);
                Assert.Equal(
                    (method.Name, string.Join(", ", signature.Types.Select(Signature.Passed)), Signature.Passed(signature.Returns)),
                    (method.Name, string.Join(", ", method.GetParameters().Select(parameter => Passed(parameter.ParameterType))),
                        Passed(method.ReturnType)));
            }
        }
    }

    /// <summary>
    /// An output is written at its own size: four bytes into an int, eight into a size_t or a handle, a structure into one of its size.
    /// </summary>
    [Fact]
    public void Every_output_has_the_size_of_what_is_written()
    {
        foreach (var method in Bindings.SelectMany(binding => Functions(binding.Type)))
        {
            var types = FakeDriver.Signatures.Single(signature => signature.Function == method.Name).Types;
            foreach (var (parameter, type) in method.GetParameters().Zip(types).Where(pair => pair.First.IsOut))
                Assert.Equal((method.Name, parameter.Name, Written(type[..^1])),
                    (method.Name, parameter.Name, SizeOf(parameter.ParameterType.GetElementType()!)));
        }
    }

    private static IEnumerable<MethodInfo> Functions(Type type) => type.GetMethods(Declared)
        .Where(method => method.GetCustomAttribute<LibraryImportAttribute>() is not null
        || method.GetMethodBody() is null || method.Name.StartsWith("cu", StringComparison.Ordinal) || method.Name.StartsWith('n'));

    private static string Passed(Type type) => type.IsByRef || type.IsPointer || type == typeof(nint) ? "address"
        : type == typeof(int) || type == typeof(uint) ? "4 bytes"
        : type == typeof(nuint) ? "8 bytes"
        : type == typeof(byte) ? "1 byte"
        : type == typeof(NcclUniqueId) ? "128 bytes"
        : type.Name;

    private static int Written(string type) => type switch
    {
        "nvmlUtilization_t" => 8,
        "nvmlMemory_t" => 24,
        "const char*" or "char*" => 8,
        _ => Signature.Passed(type) switch { "4 bytes" => 4, "128 bytes" => 128, _ => 8 },
    };

    private static int SizeOf(Type type) => (int)typeof(Unsafe).GetMethod(nameof(Unsafe.SizeOf))!.MakeGenericMethod(type)
        .Invoke(null, null)!;
}
