using SlmPlanner.Core.Hardware;

namespace SlmPlanner.Core.Performance;

/// <summary>Datasheet rates of links in bytes per second and one direction.</summary>
/// <param name="IntraBytes">One device to its node's others.</param>
/// <param name="InterBytes">One node to the network.</param>
/// <param name="Measured">The link that a calibrated machine measured; null elsewhere.</param>
public readonly record struct LinkRates(double IntraBytes, double InterBytes, MachineLink? Measured = null)
{
    private const double Giga = 1e9, BitsPerByte = 8;

    /// <summary>Rate of a PCI Express 4.0 x16 slot, GB/s and both directions, where nothing is known of the link.</summary>
    private const double UnknownSlotGbS = 64;

    /// <summary>
    /// Rate between nodes where it is not stated: 200 Gbit/s per device with NVLink modules (one NIC each, as in DGX A100)
    /// and 100 Gbit/s per node elsewhere.
    /// </summary>
    private const double ModuleGbitS = 1600, CardGbitS = 100;

    /// <summary>Rates of a link, with the class default where a rate is unknown.</summary>
    /// <param name="link">The link, or null.</param>
    /// <param name="device">The device, whose own link says the class.</param>
    public static LinkRates Of(NodeLink? link, Accelerator device)
    {
        var intra = link?.IntraNodeGbS ?? device.MachineGbS() ?? UnknownSlotGbS;
        var network = link?.InterNodeGbitS ?? (device.HasModuleLink() ? ModuleGbitS : CardGbitS);
        return new(intra / 2 * Giga, network * Giga / BitsPerByte, device.Link);
    }
}
