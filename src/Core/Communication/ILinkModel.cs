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

/// <summary>
/// The link of a calibrated machine, whose collectives were timed. Messages that were not are taken for gathers in which each rank sends as
/// many bytes.
/// </summary>
/// <param name="link">Latency and bandwidth by operation and size.</param>
internal readonly struct MeasuredLink(MachineLink link) : ILinkModel
{
    /// <inheritdoc/>
    public double Seconds(in CollectiveCall collective, in Layout layout)
    {
        double ranks = GroupPlacement.Of(collective.Axis, layout).Ranks;
        return collective.Operation switch
        {
            CollectiveOperation.SendReceive => link.Seconds(CollectiveOperation.AllGather, 2 * collective.Bytes, 2),
            CollectiveOperation.AllToAll => link.Seconds(CollectiveOperation.AllGather, collective.Bytes, ranks),
            var operation => link.Seconds(operation, collective.Bytes, ranks),
        };
    }
}
