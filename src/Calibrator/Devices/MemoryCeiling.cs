using System.Runtime.InteropServices;

namespace SlmPlanner.Calibrator.Devices;

/// <summary>
/// Caps what this process may allocate (setrlimit(2), RLIMIT_DATA), so that a burst too large for the machine fails in its
/// own allocator and is recorded, instead of waking the kernel's out-of-memory killer.
/// </summary>
internal static partial class MemoryCeiling
{
    private const int DataLimit = 2;
    private const double ShareOfAvailable = 0.92;

    /// <summary>Caps at a share of what the machine has free now; does nothing where that is unknown.</summary>
    public static void Apply()
    {
        if (!OperatingSystem.IsLinux() || HostMemory.AvailableBytes() is not { } available)
            return;
        var limit = (ulong)(available * ShareOfAvailable);
        var both = new Limits(limit, limit);
        _ = setrlimit(DataLimit, in both);
    }

    private readonly record struct Limits(ulong Soft, ulong Hard);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int setrlimit(int resource, in Limits limits);
}
