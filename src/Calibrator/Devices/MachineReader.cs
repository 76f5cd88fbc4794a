using System.Text.Json;
using System.Text.RegularExpressions;
using SlmPlanner.Core.Hardware;

namespace SlmPlanner.Calibrator.Devices;

/// <summary>
/// Reads which machine this is from the files that Linux, the NVIDIA driver and cloud-init keep: proc(5), the driver's README
/// ("The /proc interface"), machine-id(5) and cloud-init's instance-data.json. Nothing is asked over the network, and what is not
/// there stays unknown.
/// </summary>
internal static partial class MachineReader
{
    /// <summary>The machine whose files lie under a root.</summary>
    public static MachineIdentity Read(string root = "/")
    {
        var cloud = Cloud(Path.Combine(root, "run/cloud-init/instance-data.json"));
        return new MachineIdentity(
            "",
            DeviceName.Processor(root),
            LogicalProcessors(root),
            Math.Round((HostMemory.TotalBytes(root) ?? 0) / (1L << 30)),
            [.. Gpus(root)],
            Version().Match(Text(root, "proc/driver/nvidia/version") ?? "") is { Success: true } version ? version.Value : null,
            (MachineId(root) ?? cloud.InstanceId) is { } id ? MachineIdentity.Hash("host", id) : null,
            cloud.Provider ?? Text(root, "sys/class/dmi/id/sys_vendor"),
            cloud.InstanceType ?? Text(root, "sys/class/dmi/id/product_name"),
            cloud.Region).Fingerprinted();
    }

    private static int LogicalProcessors(string root)
    {
        var file = Path.Combine(root, "proc/cpuinfo");
        var count = File.Exists(file) ? File.ReadLines(file).Count(line => line.StartsWith("processor", StringComparison.Ordinal)) : 0;
        return count > 0 ? count : Environment.ProcessorCount;
    }

    /// <summary>A container may see question marks in place of a GPU's id.</summary>
    private static IEnumerable<MachineDevice> Gpus(string root)
    {
        var folder = Path.Combine(root, "proc/driver/nvidia/gpus");
        string[] gpus = Directory.Exists(folder) ? Directory.GetDirectories(folder) : [];
        foreach (var gpu in gpus.Order(StringComparer.Ordinal))
        {
            var uuid = Field(Path.Combine(gpu, "information"), "GPU UUID:");
            yield return new(
                Field(Path.Combine(gpu, "information"), "Model:") ?? "unknown",
                Path.GetFileName(gpu),
                uuid is null || uuid.Contains('?', StringComparison.Ordinal) ? null : MachineIdentity.Hash("device", uuid));
        }
    }

    private static string? Field(string path, string key)
    {
        var line = File.Exists(path) ? File.ReadLines(path).FirstOrDefault(line => line.StartsWith(key, StringComparison.Ordinal)) : null;
        return line?[key.Length..].Trim();
    }

    private static string? MachineId(string root) => Text(root, "etc/machine-id") is { Length: 32 } id ? id : null;

    /// <summary>The first line of a file; null where it is missing, empty or not for us to read.</summary>
    private static string? Text(string root, string file)
    {
        try
        {
            var path = Path.Combine(root, file);
            return File.Exists(path) && File.ReadLines(path).FirstOrDefault()?.Trim() is { Length: > 0 } line ? line : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static (string? Provider, string? InstanceType, string? Region, string? InstanceId) Cloud(string path)
    {
        try
        {
            if (!File.Exists(path))
                return default;
            using var document = JsonDocument.Parse(File.ReadAllText(path));
            string? At(params ReadOnlySpan<string> keys)
            {
                var element = document.RootElement;
                foreach (var key in keys)
                    if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(key, out element))
                        return null;
                return element.ValueKind == JsonValueKind.String && element.GetString() is { Length: > 0 } text ? text : null;
            }

            var type = At("ds", "meta_data", "instance-type") ?? At("ds", "meta_data", "instance_type");
            return (At("v1", "cloud_name"), type, At("v1", "region"), At("v1", "instance_id"));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            return default;
        }
    }

    [GeneratedRegex(@"\b[0-9]+\.[0-9]+(\.[0-9]+)?\b", RegexOptions.ExplicitCapture)]
    private static partial Regex Version();
}
