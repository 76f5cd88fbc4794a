using System.Globalization;
using SlmPlanner.Core;

namespace SlmPlanner.Data.Logs;

/// <summary>What a file of utilisation tells of one device.</summary>
/// <param name="Index">Which device.</param>
/// <param name="Samples">Samples.</param>
/// <param name="PowerW">Mean power, watts; null where it is not told.</param>
/// <param name="KernelShare">Mean share of time in which some kernel ran: a device can be slow at 1.</param>
/// <param name="TensorShare">Mean share of time in which matrix units worked; null where it is not told.</param>
/// <param name="PeakMemoryBytes">Largest memory in use, bytes; null where it is not told.</param>
public sealed record DeviceUtilisation(int Index, int Samples, double? PowerW, double? KernelShare, double? TensorShare,
    double? PeakMemoryBytes);

/// <summary>What a file of utilisation tells.</summary>
/// <param name="Devices">The devices by index.</param>
/// <param name="Idle">Devices that hardly worked.</param>
/// <param name="Stragglers">Devices that draw much less power than the median.</param>
public sealed record UtilisationSummary(IReadOnlyList<DeviceUtilisation> Devices, IReadOnlyList<int> Idle, IReadOnlyList<int> Stragglers);

/// <summary>
/// Reads utilisation: the CSV of <c>nvidia-smi --query-gpu=timestamp,index,utilization.gpu,power.draw,memory.used --format=csv</c>, or
/// DCGM's Prometheus text.
/// </summary>
public static class Utilisation
{
    private const double IdleBelow = 0.05, StragglerBelow = 0.85, Mebibyte = 1L << 20;

    /// <summary>The summary of a file.</summary>
    /// <exception cref="InputException">It is missing or neither.</exception>
    public static UtilisationSummary Read(string path)
    {
        if (!File.Exists(path))
            throw new InputException($"{path}: no such file");
        var devices = new SortedDictionary<int, Sums>();
        string[]? header = null;
        foreach (var line in File.ReadLines(path))
            if (line.StartsWith("DCGM_", StringComparison.Ordinal))
                Prometheus(line, devices);
            else if (header is null && line.Contains("utilization.gpu", StringComparison.Ordinal))
                header = line.Split(',', StringSplitOptions.TrimEntries);
            else if (header is not null)
                Row(header, line.Split(',', StringSplitOptions.TrimEntries), devices);
        if (devices.Count == 0)
            throw new InputException($"{path}: neither the CSV of nvidia-smi with a header that has utilization.gpu, nor DCGM's "
                + $"Prometheus text");
        return Of([.. devices.Select(device => device.Value.Of(device.Key))]);
    }

    private static UtilisationSummary Of(IReadOnlyList<DeviceUtilisation> devices)
    {
        double[] powers = [.. devices.Select(device => device.PowerW).OfType<double>().Order()];
        var usual = powers.Length > 0 ? powers[powers.Length / 2] : double.NaN;
        int[] idle = [.. devices.Where(device => (device.TensorShare ?? device.KernelShare) < IdleBelow).Select(device => device.Index)];
        return new(devices, idle,
            [.. devices.Where(device => device.PowerW < StragglerBelow * usual && !idle.Contains(device.Index))
                .Select(device => device.Index)]);
    }

    private static void Row(string[] header, string[] cells, SortedDictionary<int, Sums> devices)
    {
        var index = Value(header, cells, "index");
        if (!(index is null or (>= 0 and < 4096)))
            return;
        var sums = For((int)(index ?? 0), devices);
        sums.Kernel.Add(Value(header, cells, "utilization.gpu") / 100);
        sums.Power.Add(Value(header, cells, "power.draw"));
        sums.Memory.Add(Value(header, cells, "memory.used") * Mebibyte);
    }

    private static double? Value(string[] header, string[] cells, string name)
    {
        var place = Array.FindIndex(header, column => column.StartsWith(name, StringComparison.Ordinal));
        return place >= 0 && place < cells.Length ? Number(cells[place].Split(' ')[0]) : null;
    }

    private static void Prometheus(string line, SortedDictionary<int, Sums> devices)
    {
        var (open, close) = (line.IndexOf('{', StringComparison.Ordinal), line.LastIndexOf('}'));
        var gpu = line.IndexOf("gpu=\"", StringComparison.Ordinal);
        if (open < 0 || close < open || gpu < open || !int.TryParse(line[(gpu + 5)..].Split('"')[0], out var index)
            || index is < 0 or > 4096)
            return;
        var value = Number(line[(close + 1)..].Trim().Split(' ')[0]);
        var sums = For(index, devices);
        switch (line[..open])
        {
            case "DCGM_FI_PROF_PIPE_TENSOR_ACTIVE":
                sums.Tensor.Add(value);
                break;
            case "DCGM_FI_DEV_GPU_UTIL":
                sums.Kernel.Add(value / 100);
                break;
            case "DCGM_FI_DEV_POWER_USAGE":
                sums.Power.Add(value);
                break;
            case "DCGM_FI_DEV_FB_USED":
                sums.Memory.Add(value * Mebibyte);
                break;
        }
    }

    private static double? Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;

    private static Sums For(int index, SortedDictionary<int, Sums> devices) =>
        devices.TryGetValue(index, out var sums) ? sums : devices[index] = new();

    private sealed class Sums
    {
        public Mean Power { get; } = new();

        public Mean Kernel { get; } = new();

        public Mean Tensor { get; } = new();

        public Mean Memory { get; } = new();

        public DeviceUtilisation Of(int index) => new(
            index, Math.Max(Kernel.Count, Math.Max(Tensor.Count, Power.Count)), Power.Value, Kernel.Value, Tensor.Value, Memory.Largest);
    }

    private sealed class Mean
    {
        private double _sum;

        public int Count { get; private set; }

        public double? Largest { get; private set; }

        public double? Value => Count > 0 ? _sum / Count : null;

        public void Add(double? value)
        {
            if (value is not { } number)
                return;
            _sum += number;
            Count++;
            Largest = Math.Max(number, Largest ?? number);
        }
    }
}
