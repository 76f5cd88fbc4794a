using System.Text.Json.Serialization;
using SlmPlanner.Core;
using SlmPlanner.Core.Hardware;
using SlmPlanner.Data.Json;

namespace SlmPlanner.Data.Profiles;

/// <summary>A machine that <c>slm-calibrate</c> measured.</summary>
/// <param name="Device">The device under its name in the catalog.</param>
/// <param name="Kind">The datasheet device that it is one of, or the processor's name.</param>
/// <param name="Tag">What tells it from others of its kind.</param>
/// <param name="Path">Its profile.</param>
/// <param name="Identity">Which machine it is; null in profiles of the first version.</param>
public sealed record CalibratedMachine(Accelerator Device, string Kind, string Tag, string Path, MachineIdentity? Identity)
{
    /// <summary>The name with its tag, for people: <c>H100-SXM #a1b2c3</c>.</summary>
    public string Title => $"{Kind} #{Tag}";
}

/// <summary>
/// Finds calibrated machines: <c>profile.json</c> in a layer or in a folder directly below it. Only the device and the machine are read
/// here; the coefficients have their own reader. The only machine of a kind bears the kind's name, so that a calibrated GPU that has a
/// datasheet takes its place. Of several each bears its tag, and the kind's name stays with the datasheet, if there is one.
/// </summary>
internal static class CalibratedMachines
{
    /// <summary>The machines, earlier layers first; of two profiles of one machine the later counts.</summary>
    public static IReadOnlyList<CalibratedMachine> Read(ProfileStore store)
    {
        var datasheets = store.Datasheets;
        var kinds = Paths(store).Select(path => Head(path, datasheets))
            .GroupBy(machine => (machine.Kind.ToUpperInvariant(), machine.Tag)).Select(same => same.Last())
            .GroupBy(machine => machine.Kind, StringComparer.OrdinalIgnoreCase);
        return [.. kinds.SelectMany(kind => kind.Count() == 1 ? kind : kind.Select(machine => machine with
        {
            Device = machine.Device with { Name = machine.Title, Kind = machine.Kind },
        }))];
    }

    /// <summary>The calibrated profiles, earlier layers first.</summary>
    private static IEnumerable<string> Paths(ProfileStore store) => store.Roots.SelectMany(root =>
        Directory.EnumerateDirectories(root).Order(StringComparer.Ordinal).Prepend(root)
            .Select(folder => Path.Combine(folder, "profile.json")).Where(File.Exists));

    private static CalibratedMachine Head(string path, DeviceCatalog datasheets)
    {
        var head = JsonFile.Read(path, CalibrationHeadJson.Default.CalibrationHead, FitFile.OldestVersion, FitFile.CurrentVersion);
        if (head.Device is not { Name.Length: > 0, MemoryGib: > 0 } measured)
            throw new InputException($"{path}, field $.device: needs a name and a memory_gib above 0");
        var tag = head.Machine?.Tag() ?? MachineIdentity.TagOf(File.ReadAllBytes(path));
        return datasheets.TryFind(measured.Name, null, out var known)
            ? new(known.Calibrated(measured), known.Name, tag, path, head.Machine)
            : new(measured.Calibrated(measured), measured.Name, tag, path, head.Machine);
    }
}

/// <summary>The part of a calibrated profile that names its machine.</summary>
/// <param name="Device">The device, an <see cref="Accelerator"/> in snake_case.</param>
/// <param name="Machine">The machine; in files of the second version.</param>
internal sealed record CalibrationHead(Accelerator Device, MachineIdentity? Machine = null);

/// <summary>Reads the head of a calibrated profile and passes over the rest.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(CalibrationHead))]
internal sealed partial class CalibrationHeadJson : JsonSerializerContext;
