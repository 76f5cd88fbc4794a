using System.Globalization;
using System.Runtime.InteropServices;

namespace SlmPlanner.Calibrator.Devices;

/// <summary>Cores busy and memory resident, from <c>/proc/stat</c>, <c>/proc/PID/stat</c> and <c>/proc/PID/statm</c> (proc(5)).</summary>
internal sealed partial class ProcUtilisation(int processId) : IUtilisationSource
{
    private const int ClockTicks = 2;
    private static readonly double _ticksPerSecond = sysconf(ClockTicks);
    private double _lastTime;
    private double _lastBurst;
    private double _lastAll = Busy();

    /// <inheritdoc/>
    public UtilisationSample Read(UtilisationSample sample)
    {
        var (burst, all) = (BurstTicks(), Busy());
        var span = (sample.TimeS - _lastTime) * _ticksPerSecond;
        var (burstCores, allCores) = ((burst - _lastBurst) / span, (all - _lastAll) / span);
        (_lastTime, _lastBurst, _lastAll) = (sample.TimeS, burst, all);
        return sample with
        {
            BurstCores = burstCores,
            OtherCores = Math.Max(0, allCores - burstCores),
            ResidentBytes = double.Parse(File.ReadAllText($"/proc/{processId}/statm").Split(' ')[1], CultureInfo.InvariantCulture)
                * Environment.SystemPageSize,
            CpuMhz = Clock(),
        };
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    /// <summary>User and system time of the process: fields 14 and 15, counted after the name in parentheses.</summary>
    private double BurstTicks()
    {
        var stat = File.ReadAllText($"/proc/{processId}/stat");
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return double.Parse(fields[11], CultureInfo.InvariantCulture) + double.Parse(fields[12], CultureInfo.InvariantCulture);
    }

    /// <summary>All cores' time that was neither idle nor waiting for a disk.</summary>
    private static double Busy()
    {
        var fields = File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries)[1..]
            .Select(field => double.Parse(field, CultureInfo.InvariantCulture)).ToArray();
        return fields.Sum() - fields[3] - fields[4];
    }

    private static double? Clock()
    {
        var clocks = File.ReadLines("/proc/cpuinfo").Where(line => line.StartsWith("cpu MHz", StringComparison.Ordinal))
            .Select(line => double.Parse(line[(line.IndexOf(':') + 1)..], CultureInfo.InvariantCulture)).ToArray();
        return clocks.Length == 0 ? null : clocks.Average();
    }

    /// <summary>sysconf(3); 2 is _SC_CLK_TCK on Linux.</summary>
    [LibraryImport("libc")]
    private static partial nint sysconf(int name);
}
