using System.Globalization;
using SlmPlanner.Core.Units;
using TorchSharp;

namespace SlmPlanner.Calibrator.Devices;

/// <summary>
/// The CPU. Memory is the process's resident set: its high-water mark (<c>VmHWM</c> in <c>/proc/self/status</c>) is reset by
/// writing 5 to <c>/proc/self/clear_refs</c> (Linux kernel documentation, filesystems/proc). Exact only with the allocator
/// settings of <see cref="Processes.ChildEnvironment.Exact"/>.
/// </summary>
internal sealed class CpuDevice : IComputeDevice
{
    private const string StatusFile = "/proc/self/status";

    /// <inheritdoc/>
    public torch.Device Torch => torch.CPU;

    /// <inheritdoc/>
    public bool RunsBehindHost => false;

    /// <inheritdoc/>
    public void Synchronize()
    {
    }

    /// <inheritdoc/>
    public void ResetPeakMemory() => File.WriteAllText("/proc/self/clear_refs", "5");

    /// <inheritdoc/>
    public Bytes PeakMemory() => Status("VmHWM:");

    /// <inheritdoc/>
    public Bytes CurrentMemory() => Status("VmRSS:");

    private static Bytes Status(string key)
    {
        var line = File.ReadLines(StatusFile).First(line => line.StartsWith(key, StringComparison.Ordinal));
        var kibibytes = line[key.Length..].Trim().Split(' ')[0];
        return new(double.Parse(kibibytes, CultureInfo.InvariantCulture) * 1024);
    }
}
