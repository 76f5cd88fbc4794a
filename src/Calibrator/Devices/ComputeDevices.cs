using System.Globalization;
using SlmPlanner.Core;

namespace SlmPlanner.Calibrator.Devices;

/// <summary>Devices by the names of the command line: <c>cpu</c>, <c>cuda:0</c>, <c>cuda:1</c>, …</summary>
internal static class ComputeDevices
{
    /// <summary>Checks a name without loading anything.</summary>
    /// <exception cref="InputException">Not a device name.</exception>
    public static void Check(string name) => _ = CudaIndex(name);

    /// <summary>Opens a device; libtorch must be loaded.</summary>
    /// <exception cref="InputException">Not a device name, or not there.</exception>
    public static IComputeDevice Open(string name) => CudaIndex(name) is { } index ? new CudaDevice(index) : new CpuDevice();

    /// <summary>The number of a CUDA GPU; null for the CPU.</summary>
    /// <exception cref="InputException">Not a device name.</exception>
    public static int? CudaIndex(string name)
    {
        if (name == "cpu")
            return null;
        var number = name.StartsWith("cuda:", StringComparison.Ordinal) ? name["cuda:".Length..] : name == "cuda" ? "0" : "";
        return int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            ? index
            : throw new InputException($"--device is {name}; cpu, cuda or cuda:N is allowed");
    }
}
