using System.Diagnostics.CodeAnalysis;
using SlmPlanner.Core.Text;

namespace SlmPlanner.Core.Hardware;

/// <summary>The devices that can be planned for, found by any of their spellings.</summary>
public sealed class DeviceCatalog
{
    private readonly SortedDictionary<string, Accelerator> _devices = new(StringComparer.OrdinalIgnoreCase);
    private readonly DeviceNames _names;

    /// <summary>Joins devices with their spellings.</summary>
    /// <param name="devices">The devices; of two with one name the later counts.</param>
    /// <param name="names">Spellings; canonical names are added to it.</param>
    public DeviceCatalog(IEnumerable<Accelerator> devices, DeviceNames names)
    {
        _names = names;
        foreach (var device in devices)
        {
            _devices[device.Name] = device;
            names.Add(device.Name, device.Name);
        }
    }

    /// <summary>The devices in the order of their names.</summary>
    public IReadOnlyCollection<Accelerator> Devices => _devices.Values;

    /// <summary>The device that a spelling means.</summary>
    /// <param name="spelling">Canonical name or alias.</param>
    /// <param name="memoryGib">Memory of one device, which decides between variants such as the A100 of 40 and of 80 GB.</param>
    /// <exception cref="InputException">Unknown; the message suggests the nearest names.</exception>
    public Accelerator Find(string spelling, double? memoryGib = null) =>
        TryFind(spelling, memoryGib, out var device) ? device : throw new InputException(Unknown(spelling));

    /// <summary>
    /// The device that a spelling means, if any: a whole entry of the table, else one whose name, form and memory are those of the
    /// spelling without its brand. A spelling whose memory or form contradicts the device is refused.
    /// </summary>
    public bool TryFind(ReadOnlySpan<char> spelling, double? memoryGib, [NotNullWhen(true)] out Accelerator? device)
    {
        device = Entry(spelling, memoryGib);
        if (device is not null)
            return true;
        var parts = _names.Parse(spelling);
        foreach (var name in (ReadOnlySpan<string>)[parts.Name + parts.Form, parts.Name])
        {
            device = Entry(name, parts.MemoryGib ?? memoryGib);
            if (device is not null && parts.Agrees(device))
                return true;
        }
        device = null;
        return false;
    }

    /// <summary>What to say of a spelling that is unknown, or that several calibrated machines share.</summary>
    public string Unknown(string spelling)
    {
        var key = Spelling.Normalise(spelling);
        string[] machines =
        [
            .. from device in Devices where device.Kind is { } kind && Spelling.Normalise(kind) == key select device.Name,
        ];
        return machines.Length > 1
            ? $"several calibrated machines are '{spelling}': name one of {string.Join(", ", machines)}"
            : NearestNames.Unknown("GPU", spelling, _devices.Keys) + " A device that has no file can be described: "
                + "--device \"name=…,bf16_tflops=…,bandwidth_gb_s=…,memory_gib=…\"";
    }

    private Accelerator? Entry(ReadOnlySpan<char> spelling, double? memoryGib) =>
        _names.Find(spelling, memoryGib) is { } name ? _devices.GetValueOrDefault(name) : null;
}
