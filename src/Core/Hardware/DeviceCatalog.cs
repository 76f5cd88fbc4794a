using System.Diagnostics.CodeAnalysis;
using SlmPlanner.Core.Text;

namespace SlmPlanner.Core.Hardware;

/// <summary>The devices that can be planned for, found by any of their spellings.</summary>
public sealed class DeviceCatalog
{
    private readonly SortedDictionary<string, DeviceSpec> _devices = new(StringComparer.OrdinalIgnoreCase);
    private readonly DeviceNames _names;

    /// <summary>Joins devices with their spellings.</summary>
    /// <param name="devices">The devices; of two with one name the later counts.</param>
    /// <param name="names">Spellings; canonical names are added to it.</param>
    public DeviceCatalog(IEnumerable<DeviceSpec> devices, DeviceNames names)
    {
        _names = names;
        foreach (var device in devices)
        {
            _devices[device.Name] = device;
            names.Add(device.Name, device.Name);
        }
    }

    /// <summary>The devices in the order of their names.</summary>
    public IReadOnlyCollection<DeviceSpec> Devices => _devices.Values;

    /// <summary>The device that a spelling means.</summary>
    /// <param name="spelling">Canonical name or alias.</param>
    /// <param name="memoryGib">Memory of one device, which decides between variants such as the A100 of 40 and of 80 GB.</param>
    /// <exception cref="InputException">Unknown; the message suggests the nearest names.</exception>
    public DeviceSpec Find(string spelling, double? memoryGib = null) =>
        TryFind(spelling, memoryGib, out var device) ? device : throw new InputException(Unknown(spelling));

    /// <summary>The device that a spelling means, if any.</summary>
    public bool TryFind(ReadOnlySpan<char> spelling, double? memoryGib, [NotNullWhen(true)] out DeviceSpec? device)
    {
        device = _names.Find(spelling, memoryGib) is { } name ? _devices.GetValueOrDefault(name) : null;
        return device is not null;
    }

    /// <summary>What to say of a spelling that is unknown.</summary>
    public string Unknown(string spelling) => NearestNames.Unknown("GPU", spelling, _devices.Keys);
}
