using SlmPlanner.Core.Hardware;
using SlmPlanner.Core.Units;

namespace SlmPlanner.Core.Planning.Search;

/// <summary>
/// Hardware apart from who rents it: offers that share a platform share every prediction of time and memory.
/// </summary>
/// <param name="Device">The device.</param>
/// <param name="GpusPerNode">Devices per machine, ≥ 1.</param>
/// <param name="Link">Links inside and between machines; null when unknown.</param>
/// <param name="UsableMemoryShare">Share of a device's memory that a plan may use.</param>
public sealed record Platform(Accelerator Device, int GpusPerNode, NodeLink? Link, double UsableMemoryShare = 1)
{
    /// <summary>True when several machines can train together: their network's rate is known.</summary>
    public bool CanSpanNodes => Link?.InterNodeGbitS is > 0;

    /// <summary>Memory of one device that a run may use, in bytes; what the framework itself takes is part of the memory model.</summary>
    public double UsableBytes => Bytes.FromGiB(Device.MemoryGib).Count * UsableMemoryShare;
}
