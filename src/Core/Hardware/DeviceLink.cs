namespace SlmPlanner.Core.Hardware;

/// <summary>
/// The link of a device to the others of its machine, by form factor: the one rule for machines priced, machines owned and rows
/// measured, wherever the link of the machine itself is not known.
/// </summary>
public static class DeviceLink
{
    /// <summary>True for a module (SXM, OAM) with NVLink to all others. A bridge between two cards is none: it is not assumed.</summary>
    public static bool HasModuleLink(this Accelerator device) =>
        device.NvlinkGbS is not null && device.FormFactor is { } form && !form.StartsWith("PCIe", StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// Rate to the others of the machine, GB/s, both directions added: NVLink of a module, else the card's slot of sixteen lanes;
    /// null where neither is known.
    /// </summary>
    public static double? MachineGbS(this Accelerator device) => device.HasModuleLink() ? device.NvlinkGbS : device.SlotGbS();

    /// <summary>
    /// The slot of sixteen lanes that joins a device to its host, both directions added, GB/s: 8 GT/s per lane in generation 3, doubled by
    /// each later one, 128b/130b coding (PCI Express Base Specification), rounded up to the usual figures of 32, 64 and 128.
    /// </summary>
    public static double? SlotGbS(this Accelerator device) => device.PcieGen is { } generation ? 4 * Math.Pow(2, generation) : null;
}
