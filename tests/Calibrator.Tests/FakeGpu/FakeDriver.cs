using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using SlmPlanner.Calibrator.Loading;
using SlmPlanner.Tests;

namespace SlmPlanner.Calibrator.Tests.FakeGpu;

/// <summary>
/// CUDA driver, NCCL and NVML on host memory, in C, built here with the machine's compiler and found by the program's bindings under the
/// real names. It records calls, keeps streams in order and counts handles that nobody gave back.
/// </summary>
internal sealed unsafe class FakeDriver
{
    private static readonly Lazy<FakeDriver> Only = new(() => new());
    private static readonly string[] Names = ["libcuda.so.1", "libnccl.so.2", "libnvidia-ml.so.1"];
    private readonly nint _library;

    private FakeDriver()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the fake driver is built on Linux");
        foreach (var name in Names)
            Assert.SkipWhen(NativeLibrary.TryLoad(name, out _), $"a real {name} is here: the fake would not be asked");
        _library = NativeLibrary.Load(Build());
        foreach (var name in Names)
            FoundLibraries.Add(name, _library);
    }

    /// <summary>Signatures of every function, from NVIDIA's headers.</summary>
    public static IReadOnlyList<Signature> Signatures { get; } = Signature.Read(Source("signatures.csv"));

    /// <summary>Handles, memory and starts that were given out and not given back.</summary>
    public int Live => ((delegate* unmanaged<int>)Function("fake_live"))();

    /// <summary>Functions called since the last start, in order.</summary>
    public IReadOnlyList<string> Calls =>
        Marshal.PtrToStringUTF8(((delegate* unmanaged<nint>)Function("fake_calls"))())!.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Loads it, or skips the test with the reason; calls recorded before are forgotten.</summary>
    public static FakeDriver Start()
    {
        var driver = Only.Value;
        ((delegate* unmanaged<void>)driver.Function("fake_reset"))();
        return driver;
    }

    /// <summary>Makes every later call of a function answer with a code.</summary>
    public void Fail(string function, int code)
    {
        fixed (byte* name = Encoding.UTF8.GetBytes(function + '\0'))
            ((delegate* unmanaged<byte*, int, void>)Function("fake_fail"))(name, code);
    }

    /// <summary>The address of a function.</summary>
    public nint Function(string name) => NativeLibrary.GetExport(_library, name);

    /// <summary>The library stays while the process lives, and its file with it.</summary>
    private static string Build()
    {
        var folder = new TemporaryFolder();
        folder.Write("signatures.h", string.Concat(
            Signatures.Select(signature => $"{signature.Returns} {signature.Function}({signature.Parameters});\n")));
        var library = Path.Combine(folder.Path, "libfakegpu.so");
        string[] arguments =
        [
            "-shared", "-fPIC", "-O1", "-Wall", "-Wextra", "-Werror", "-pthread", "-I", folder.Path, "-o", library,
            Source("fake_cuda.c"), Source("fake_nccl.c"), Source("fake_nvml.c"),
        ];
        Process compiler;
        try
        {
            compiler = Process.Start(new ProcessStartInfo("gcc", arguments) { RedirectStandardError = true })!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("the fake driver needs gcc, which is not here");
            throw;
        }
        using (compiler)
        {
            var errors = compiler.StandardError.ReadToEnd();
            compiler.WaitForExit();
            Assert.True(compiler.ExitCode == 0, errors);
        }
        return library;
    }

    private static string Source(string name) => Path.Combine(AppContext.BaseDirectory, "FakeGpu", name);
}
