using SlmPlanner.Core.Hardware;
using SlmPlanner.Core.Training;

namespace SlmPlanner.Core.Communication;

/// <summary>How long a collective takes on its own.</summary>
internal interface ILinkModel
{
    /// <summary>Seconds of one call.</summary>
    /// <param name="collective">Operation, bytes and axis.</param>
    /// <param name="layout">How the ranks of the axis lie on nodes.</param>
    double Seconds(in CollectiveCall collective, in Layout layout);
}

/// <summary>The link of a calibrated machine, whose collectives were timed.</summary>
/// <param name="link">Latency and bandwidth by operation and size.</param>
internal readonly struct MeasuredLink(MachineLink link) : ILinkModel
{
    /// <inheritdoc/>
    public double Seconds(in CollectiveCall collective, in Layout layout) =>
        link.Seconds(collective.Operation, collective.Bytes, GroupPlacement.Of(collective.Axis, layout).Ranks);
}
