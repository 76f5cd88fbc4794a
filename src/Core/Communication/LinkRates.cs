using System.Globalization;
using SlmPlanner.Core.Hardware;
using SlmPlanner.Core.Training;

namespace SlmPlanner.Core.Communication;

/// <summary>What is known of the links that collectives use, in bytes per second and one direction.</summary>
/// <param name="IntraBytes">One device to its node's others.</param>
/// <param name="InterBytes">One node to the network, where that is known.</param>
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
    private const double ModuleGbitS = 200, CardGbitS = 100;

    /// <summary>The switch of modules of compute capability 9.0 and later adds and copies (NVLink SHARP).</summary>
    private const double SwitchCapability = 9.0, NewerSwitchCapability = 10.0;

    /// <summary>
    /// Share of the link's rate that in-switch collectives reach, by NCCL's tuner: the first such generation, and the later ones.
    /// </summary>
    private const double FirstSwitchShare = 0.85, NewerSwitchShare = 0.74;

    /// <summary>One device to the network, where what is known goes by devices; 0 elsewhere.</summary>
    public double InterBytesPerDevice { get; init; }

    /// <summary>True for modules with their own link, false for cards in slots.</summary>
    public bool IsModule { get; init; }

    /// <summary>Share of the link's rate that collectives in the switch reach; 0 where the switch can't.</summary>
    public double SwitchShare { get; init; }

    /// <summary>One device to the host's memory: its slot; that of generation 4 where nothing is known.</summary>
    public double HostBytes { get; init; }

    /// <summary>Bytes of what the stack sends.</summary>
    public StackWidths Widths { get; init; }

    /// <summary>Rates of a link, with the class default where a rate is unknown.</summary>
    /// <param name="link">The link, or null.</param>
    /// <param name="device">The device, whose own link says the class.</param>
    /// <param name="widths">What the stack sends.</param>
    public static LinkRates Of(NodeLink? link, Accelerator device, in StackWidths widths = default)
    {
        var isModule = device.HasModuleLink();
        var byDevice = link?.InterNodeGbitS is null && isModule;
        var intraGbS = link?.IntraNodeGbS ?? device.MachineGbS() ?? UnknownSlotGbS;
        return new(intraGbS / 2 * Giga, byDevice ? 0 : (link?.InterNodeGbitS ?? CardGbitS) * Giga / BitsPerByte, device.Link)
        {
            InterBytesPerDevice = byDevice ? ModuleGbitS * Giga / BitsPerByte : 0,
            IsModule = isModule,
            HostBytes = (device.SlotGbS() ?? UnknownSlotGbS) / 2 * Giga,
            SwitchShare = isModule && double.TryParse(device.Architecture, CultureInfo.InvariantCulture, out var capability)
                ? capability >= NewerSwitchCapability ? NewerSwitchShare : capability >= SwitchCapability ? FirstSwitchShare : 0
                : 0,
            Widths = widths,
        };
    }

    /// <summary>One node to the network.</summary>
    /// <param name="gpusPerNode">Devices of a node.</param>
    public double InterBytesOf(int gpusPerNode) => InterBytes + InterBytesPerDevice * gpusPerNode;

    /// <summary>The measured link, where it speaks for a layout: ranks that lie as the measured ones did, in one flat group.</summary>
    public MachineLink? MeasuredFor(in Layout layout)
    {
        var several = layout.Gpus > layout.GpusPerNode;
        return Measured is { } measured && measured.BetweenHosts == several && !(several && layout.Mesh is { Replicas: > 1, Shards: > 1 })
            ? measured : null;
    }
}
