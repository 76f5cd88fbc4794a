using SlmPlanner.Core;
using SlmPlanner.Core.Hardware;
using SlmPlanner.Data.Json;

namespace SlmPlanner.Data.Profiles;

/// <summary>Reads devices, their spellings and the machines that a calibration describes.</summary>
internal static class DeviceReader
{
    private const string AliasFile = "aliases.json";

    /// <summary>Device files over all layers by canonical name.</summary>
    public static IReadOnlyDictionary<string, DeviceFile> Files(ProfileStore store)
    {
        var files = new SortedDictionary<string, DeviceFile>(StringComparer.OrdinalIgnoreCase);
        foreach (var path in store.Files("devices", "*.json").Where(path => Path.GetFileName(path) != AliasFile))
        {
            var file = JsonFile.Read(path, ProfileJson.Default.DeviceFile, FormatVersion.OfDataFiles);
            DeviceRules.Check(file, path, store.Sources);
            files[file.Name] = file;
        }
        return files;
    }

    /// <summary>Devices with their spellings. A calibrated machine is added unless its name is that of a known device.</summary>
    public static DeviceCatalog Catalog(ProfileStore store)
    {
        var names = new DeviceNames();
        var files = store.DeviceFiles;
        foreach (var path in store.All("devices", AliasFile))
            Add(names, JsonFile.Read(path, ProfileJson.Default.AliasList, FormatVersion.OfDataFiles), path, files);
        var datasheets = new DeviceCatalog(files.Values.Select(file => file.ToSpec()), names);
        var machines = CalibratedMachines.Read(store).Where(machine => !datasheets.TryFind(machine.Name, null, out _));
        return new([.. datasheets.Devices, .. machines], names);
    }

    private static void Add(DeviceNames names, AliasList list, string path, IReadOnlyDictionary<string, DeviceFile> files)
    {
        foreach (var (device, spellings) in list.Aliases)
            foreach (var spelling in spellings)
                names.Add(spelling, Known(device));
        foreach (var alias in list.ByMemory)
            names.Add(alias.Spelling, alias.MemoryGib, Known(alias.Device));

        string Known(string device) => files.ContainsKey(device)
            ? device
            : throw new InputException($"{path}: aliases of '{device}', which is no device");
    }
}
