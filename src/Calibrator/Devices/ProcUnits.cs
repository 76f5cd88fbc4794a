using System.Runtime.InteropServices;

namespace SlmPlanner.Calibrator.Devices;

/// <summary>What <c>/proc</c> counts in. Both differ between systems: ARM servers often have pages of 64 KiB.</summary>
/// <param name="TicksPerSecond">Clock ticks of a second, in which processor time is counted.</param>
/// <param name="PageBytes">Bytes of a page, in which memory is counted.</param>
internal readonly partial record struct ProcUnits(double TicksPerSecond, double PageBytes)
{
    /// <summary><c>_SC_CLK_TCK</c> of Linux, glibc and musl alike (sysconf(3)).</summary>
    private const int ClockTicks = 2;

    /// <summary>The units of the system that runs this program.</summary>
    public static ProcUnits OfThisSystem() => new(sysconf(ClockTicks), Environment.SystemPageSize);

    [LibraryImport("libc")]
    private static partial nint sysconf(int name);
}
