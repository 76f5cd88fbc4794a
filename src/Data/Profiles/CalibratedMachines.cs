using System.Text.Json.Serialization;
using SlmPlanner.Core;
using SlmPlanner.Core.Hardware;
using SlmPlanner.Data.Json;

namespace SlmPlanner.Data.Profiles;

/// <summary>
/// Finds the machines that <c>slm-calibrate</c> described: <c>profile.json</c> in a layer or in a folder directly below
/// it. Only its <c>device</c> is read here, a <see cref="DeviceSpec"/> in snake_case; the coefficients have their own reader.
/// </summary>
internal static class CalibratedMachines
{
    /// <summary>The machines, earlier layers first.</summary>
    public static IEnumerable<DeviceSpec> Read(ProfileStore store) => Paths(store).Select(Device);

    /// <summary>The calibrated profiles, earlier layers first.</summary>
    public static IEnumerable<string> Paths(ProfileStore store) => store.Roots.SelectMany(root =>
        Directory.EnumerateDirectories(root).Order(StringComparer.Ordinal).Prepend(root)
            .Select(folder => Path.Combine(folder, "profile.json")).Where(File.Exists));

    private static DeviceSpec Device(string path)
    {
        var device = JsonFile.Read(path, CalibrationHeadJson.Default.CalibrationHead, FitFile.OldestVersion, FitFile.CurrentVersion).Device;
        return device is { Name.Length: > 0, MemoryGib: > 0 }
            ? device
            : throw new InputException($"{path}, field $.device: needs a name and a memory_gib above 0");
    }
}

/// <summary>The part of a calibrated profile that names its machine.</summary>
/// <param name="Device">The machine.</param>
internal sealed record CalibrationHead(DeviceSpec Device);

/// <summary>Reads the head of a calibrated profile and passes over the rest.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(CalibrationHead))]
internal sealed partial class CalibrationHeadJson : JsonSerializerContext;
