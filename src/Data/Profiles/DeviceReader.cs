using SlmPlanner.Core;
using SlmPlanner.Core.Hardware;
using SlmPlanner.Data.Json;

namespace SlmPlanner.Data.Profiles;

/// <summary>Reads devices, their spellings and the machines that calibrations describe.</summary>
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
            file.Check(path, store.Sources);
            files[file.Name] = file;
        }
        return files;
    }

    /// <summary>The devices of datasheets, found by all their spellings.</summary>
    public static DeviceCatalog Datasheets(ProfileStore store) => Catalog(store, []);

    /// <summary>The same and machines: one that has a datasheet device's name takes its place.</summary>
    public static DeviceCatalog Catalog(ProfileStore store, IEnumerable<CalibratedMachine> machines)
    {
        var names = new DeviceNames();
        var files = store.DeviceFiles;
        foreach (var path in store.All("devices", AliasFile))
            Add(names, JsonFile.Read(path, ProfileJson.Default.AliasList, FormatVersion.OfDataFiles), path, files);
        var architectures = new ArchitectureFacts(store.All("", "architectures.json").Select(
            path => JsonFile.Read(path, ProfileJson.Default.ArchitectureList, FormatVersion.OfDataFiles)));
        var devices = files.Values.Select(file => file.ToAccelerator(architectures)).Concat(store.Described).ToList();
        foreach (var machine in machines)
        {
            devices.Add(machine.Device);
            names.Add($"{machine.Kind} #{machine.Tag}", machine.Device.Name);
        }
        return new(devices, names);
    }

    private static void Add(DeviceNames names, AliasList list, string path, IReadOnlyDictionary<string, DeviceFile> files)
    {
        names.AddWords(list.Brands ?? [], list.Forms ?? [], list.MemoryKinds ?? []);
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
