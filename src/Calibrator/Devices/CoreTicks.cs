using System.Globalization;

namespace SlmPlanner.Calibrator.Devices;

/// <summary>Clock ticks of all cores since the start, by the first line of <c>/proc/stat</c> (proc(5)).</summary>
/// <param name="Busy">Those that were neither idle nor waiting for a disk nor stolen.</param>
/// <param name="Stolen">Those in which the host ran something else.</param>
internal readonly record struct CoreTicks(double Busy, double Stolen)
{
    /// <summary>Places of idle, waiting for a disk, and steal; "guest" after it is counted in "user" already.</summary>
    private const int Idle = 3, Waiting = 4, Steal = 7;

    /// <summary>Reads them.</summary>
    /// <param name="proc">Where <c>stat</c> is.</param>
    public static CoreTicks Read(string proc = "/proc")
    {
        var fields = File.ReadLines(Path.Combine(proc, "stat")).First().Split(' ', StringSplitOptions.RemoveEmptyEntries)[1..]
            .Select(field => double.Parse(field, CultureInfo.InvariantCulture)).ToArray();
        var stolen = fields.Length > Steal ? fields[Steal] : 0;
        return new(fields.Take(Steal).Sum() - fields[Idle] - fields[Waiting], stolen);
    }
}
