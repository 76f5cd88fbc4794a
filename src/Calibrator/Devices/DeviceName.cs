namespace SlmPlanner.Calibrator.Devices;

/// <summary>What a device is called in measurements and profiles.</summary>
internal static class DeviceName
{
    /// <summary>The processor's model with its threads, or the GPU's own name.</summary>
    /// <param name="device">cpu or cuda:N.</param>
    /// <param name="threads">Threads that bursts use; part of a CPU's name, since its speed depends on them.</param>
    public static string Of(string device, int threads) => ComputeDevices.CudaIndex(device) is { } index
        ? Gpu(index)
        : $"{Processor()}-{threads}t";

    /// <summary>The processor as the host names it, in the characters that file names allow.</summary>
    /// <param name="root">Where the host's files lie.</param>
    public static string Processor(string root = "/")
    {
        var file = Path.Combine(root, "proc/cpuinfo");
        var line = File.Exists(file)
            ? File.ReadLines(file).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))
            : null;
        var name = line is null ? $"{System.Runtime.InteropServices.RuntimeInformation.ProcessArchitecture} CPU"
            : line[(line.IndexOf(':') + 1)..];
        return string.Join('-', name.Split([' ', '(', ')', '@', '/'],
            StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
    }

    private static string Gpu(int index)
    {
        var path = Directory.Exists("/proc/driver/nvidia/gpus")
            ? Directory.GetDirectories("/proc/driver/nvidia/gpus").Order().Skip(index).FirstOrDefault()
            : null;
        var line = path is null ? null : File.ReadLines(Path.Combine(path, "information"))
            .FirstOrDefault(line => line.StartsWith("Model:", StringComparison.Ordinal));
        return line is null ? $"cuda-{index}" : line["Model:".Length..].Trim().Replace(' ', '-');
    }
}
