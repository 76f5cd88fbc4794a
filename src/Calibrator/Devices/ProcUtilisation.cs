using System.Globalization;
using System.Runtime.InteropServices;
using SlmPlanner.Data.Measurements.Bursts;

namespace SlmPlanner.Calibrator.Devices;

/// <summary>
/// Cores busy, cores that the host took and memory resident, from <c>/proc/stat</c>, <c>/proc/PID/stat</c> and <c>/proc/PID/statm</c>
/// (proc(5)), and how long tasks waited for a core, from <c>/proc/pressure/cpu</c> where the kernel keeps it
/// (Documentation/accounting/psi.rst).
/// </summary>
/// <param name="processId">The burst's process.</param>
/// <param name="units">What the files count in.</param>
/// <param name="proc">Where the files are.</param>
internal sealed class ProcUtilisation(int processId, ProcUnits units, string proc = "/proc") : IUtilisationSource
{
    private double _lastTime;
    private double _lastBurst;
    private CoreTicks _lastAll = CoreTicks.Read(proc);
    private double? _lastStalled = StalledSeconds(proc);

    /// <inheritdoc/>
    public UtilisationSample Read(UtilisationSample sample)
    {
        var (burst, all, stalled) = (BurstTicks(), CoreTicks.Read(proc), StalledSeconds(proc));
        var span = (sample.TimeS - _lastTime) * units.TicksPerSecond;
        var (burstCores, allCores) = ((burst - _lastBurst) / span, (all.Busy - _lastAll.Busy) / span);
        var stealCores = (all.Stolen - _lastAll.Stolen) / span;
        var pressure = (stalled - _lastStalled) / (sample.TimeS - _lastTime);
        (_lastTime, _lastBurst, _lastAll, _lastStalled) = (sample.TimeS, burst, all, stalled);
        return sample with
        {
            BurstCores = burstCores,
            OtherCores = Math.Max(0, allCores - burstCores),
            StealCores = Math.Max(0, stealCores),
            CpuPressure = pressure is { } share ? Math.Clamp(share, 0, 1) : null,
            ResidentBytes = ResidentPages() * units.PageBytes,
            CpuMhz = Clock(),
        };
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    private double ResidentPages() =>
        double.Parse(File.ReadAllText($"{proc}/{processId}/statm").Split(' ')[1], CultureInfo.InvariantCulture);

    /// <summary>User and system time of the process: fields 14 and 15, counted after the name in parentheses.</summary>
    private double BurstTicks()
    {
        var stat = File.ReadAllText($"{proc}/{processId}/stat");
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return double.Parse(fields[11], CultureInfo.InvariantCulture) + double.Parse(fields[12], CultureInfo.InvariantCulture);
    }

    /// <summary>Seconds since the start in which some task waited for a core: the total of the line "some", in microseconds.</summary>
    private static double? StalledSeconds(string proc)
    {
        const string Total = "total=";
        var file = Path.Combine(proc, "pressure/cpu");
        var line = File.Exists(file) ? File.ReadLines(file).FirstOrDefault(line => line.StartsWith("some", StringComparison.Ordinal))
            : null;
        return line?.IndexOf(Total, StringComparison.Ordinal) is int place and >= 0
            ? double.Parse(line[(place + Total.Length)..], CultureInfo.InvariantCulture) / 1e6
            : null;
    }

    private double? Clock()
    {
        var clocks = File.ReadLines($"{proc}/cpuinfo").Where(line => line.StartsWith("cpu MHz", StringComparison.Ordinal))
            .Select(line => double.Parse(line[(line.IndexOf(':') + 1)..], CultureInfo.InvariantCulture)).ToArray();
        return clocks.Length == 0 ? null : clocks.Average();
    }
}

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
