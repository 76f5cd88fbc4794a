namespace SlmPlanner.Core.Time;

/// <summary>
/// What a step takes longer where the optimizer lives in the host's memory: gradients go down the slot, the host updates its
/// states, parameters come up again (ZeRO-Offload, Ren et al. 2021, arXiv 2101.06840, section 4). Nothing of it is taken to run
/// beside the backward pass, so it is an upper end.
/// </summary>
/// <param name="SlotBytesPerSecond">Rate of a device's slot in one direction, &gt; 0.</param>
/// <param name="HostBytesPerSecond">Rate of the host's memory, shared by the ranks of the machine, &gt; 0.</param>
internal readonly record struct HostOptimizer(double SlotBytesPerSecond, double HostBytesPerSecond)
{
    /// <summary>
    /// Assumed, since no offer states it: a PCI Express 4.0 x16 slot (32 GB/s a direction) and eight channels of DDR4-3200 at 25.6 GB/s
    /// (JEDEC JESD79-4).
    /// </summary>
    public static HostOptimizer Typical { get; } = new(32e9, 8 * 25.6e9);

    /// <summary>Master copy and Adam's two moments in fp32, each read and written.</summary>
    private const double StateBytes = 24;

    /// <summary>Seconds of one optimizer step.</summary>
    /// <param name="parameters">Parameters whose states one rank keeps, ≥ 0.</param>
    /// <param name="gradientBytes">Bytes of a gradient as it goes down.</param>
    /// <param name="weightBytes">Bytes of a parameter as it comes up.</param>
    /// <param name="ranksPerMachine">Ranks that share the host, ≥ 1.</param>
    public double Seconds(double parameters, double gradientBytes, double weightBytes, int ranksPerMachine)
    {
        var transfers = parameters * (gradientBytes + weightBytes) / SlotBytesPerSecond;
        var update = ranksPerMachine * parameters * (gradientBytes + StateBytes + weightBytes) / HostBytesPerSecond;
        return transfers + update;
    }
}
