using System.Globalization;

namespace SlmPlanner.Calibrator.Devices;

/// <summary>The host's memory as Linux reports it in <c>/proc/meminfo</c>.</summary>
internal static class HostMemory
{
    /// <summary>Bytes that new programs can have without swapping; null where unknown.</summary>
    public static double? AvailableBytes() => Field("MemAvailable:", "/");

    /// <summary>Bytes installed, or the container's share of them; null where unknown.</summary>
    public static double? TotalBytes(string root = "/") => Field("MemTotal:", root);

    private static double? Field(string key, string root)
    {
        var file = Path.Combine(root, "proc/meminfo");
        if (!File.Exists(file))
            return null;
        var line = File.ReadLines(file).FirstOrDefault(line => line.StartsWith(key, StringComparison.Ordinal));
        return line is null ? null : double.Parse(line[key.Length..].Trim().Split(' ')[0], CultureInfo.InvariantCulture) * 1024;
    }
}
