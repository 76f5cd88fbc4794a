using SlmPlanner.Core.Planning.Search;
using SlmPlanner.Core.Training;

namespace SlmPlanner.Core.Planning.Results;


/// <summary>How many candidates were rejected, by reason, and the nearest miss of each reason.</summary>
/// <param name="Evaluated">Candidates evaluated in all.</param>
/// <param name="Feasible">Candidates that kept every limit.</param>
/// <param name="Reasons">One entry per reason, most frequent first.</param>
public sealed record Rejections(long Evaluated, long Feasible, IReadOnlyList<RejectionReason> Reasons)
{
    /// <summary>The reason whose nearest candidate missed by least, limits before memory; null where none came near.</summary>
    public RejectionReason? Nearest() => Reasons.Where(reason => reason.MissedBy is not null)
        .OrderBy(reason => reason.Reason is Reason.OutOfMemory or Reason.OutOfHostMemory)
        .ThenBy(reason => reason.MissedBy)
        .FirstOrDefault();
}

/// <summary>One reason for rejection.</summary>
/// <param name="Reason">Its key, one of <see cref="Search.Reason"/>.</param>
/// <param name="Count">Candidates rejected for it.</param>
/// <param name="NearestMiss">The candidate that missed by least; null when none is meaningful.</param>
/// <param name="MissedBy">By how much it missed, as a fraction of the limit (0.07 is 7 % over); null when not a number.</param>
public sealed record RejectionReason(string Reason, long Count, NearestMiss? NearestMiss, double? MissedBy);

/// <summary>The candidate of a reason for rejection that came nearest.</summary>
public abstract record NearestMiss;

/// <summary>A setup too large for its device.</summary>
/// <param name="Gpus">Devices in all.</param>
/// <param name="Gpu">The device.</param>
/// <param name="Setup">The setup.</param>
/// <param name="NeededBytes">Its peak memory.</param>
/// <param name="UsableBytes">What a plan may use of the device's.</param>
public sealed record MemoryMiss(int Gpus, string Gpu, TrainingSetup Setup, double NeededBytes, double UsableBytes) : NearestMiss;

/// <summary>A setup that fits its device and not the memory of the host.</summary>
/// <param name="Gpus">Devices in all.</param>
/// <param name="Gpu">The device.</param>
/// <param name="Setup">The setup.</param>
/// <param name="NeededBytes">What it keeps in the memory of one machine's host.</param>
/// <param name="UsableBytes">What it may use of that.</param>
public sealed record HostMiss(int Gpus, string Gpu, TrainingSetup Setup, double NeededBytes, double UsableBytes) : NearestMiss
{
    /// <summary>The nearest of a cluster.</summary>
    internal static HostMiss Of(ClusterResult cluster)
    {
        var usable = cluster.Platform.HostBytes;
        var missed = cluster.OutOfHostMemory;
        return new(cluster.Gpus, cluster.Platform.Device.Name, missed.Nearest, usable * (1 + missed.LeastExcess), usable);
    }
}

/// <summary>A run over budget or past the deadline.</summary>
/// <param name="Machines">Its machines.</param>
/// <param name="Setup">Its setup.</param>
/// <param name="CostUsd">Cost not exceeded at the asked confidence.</param>
/// <param name="Hours">Duration not exceeded at it.</param>
public sealed record LimitMiss(Machines Machines, TrainingSetup Setup, double CostUsd, double Hours) : NearestMiss;

/// <summary>Devices whose offers are left out whole.</summary>
/// <param name="Gpus">Some of them.</param>
public sealed record DevicesLeftOut(IReadOnlyList<string> Gpus) : NearestMiss;
