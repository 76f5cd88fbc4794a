using SlmPlanner.Core.Economics.Cost;
using SlmPlanner.Core.Economics.Renting;
using SlmPlanner.Core.Planning.Answers;
using SlmPlanner.Core.Planning.Requests;
using SlmPlanner.Core.Planning.Results;
using SlmPlanner.Core.Planning.Search;
using SlmPlanner.Core.Training;

namespace SlmPlanner.Core.Planning.Explain;

/// <summary>Why a search holds no candidate of a kind.</summary>
public abstract record Absence
{
    /// <summary>The first reason that applies, with its numbers.</summary>
    internal static Absence Of(SearchOutcome outcome, PlanningInputs inputs, CandidatePattern pattern)
    {
        var offers = inputs.Offers.Where(offer => Means(pattern, offer)).ToList();
        if (offers.Count == 0)
            return new NotOffered();
        var considered = outcome.Space.Considered.Where(offer => Means(pattern, offer)).ToList();
        if (considered.Count == 0)
            return new FilteredOut(offers.Count);
        if (outcome.Space.Excluded.FirstOrDefault(exclusion => exclusion.Offers.Any(considered.Contains)) is { } excluded
            && considered.All(excluded.Offers.Contains))
            return new OffersLeftOut(considered.Count, excluded.Reason);
        var outOfReach = outcome.Results().Where(pair => !pair.Result.Rentable && Means(pattern, pair.Result.Offer)
            && (pattern.Count is null || pattern.Count == (pattern.Gpu is null ? pair.Result.Nodes : pair.Result.Gpus))).ToList();
        if (outOfReach.Count > 0)
            return new NotRentable(Machines.Of(outOfReach[0].Result), outOfReach[0].Result.Access!);
        return Cluster(outcome, pattern, considered.Select(offer => offer.GpusPerNode).ToHashSet())
            ?? new NoSuchCount([.. considered.Select(offer => offer.GpusPerNode).Distinct().Order()], outcome.Request.MaxGpus);
    }

    private static Absence? Cluster(SearchOutcome outcome, CandidatePattern pattern, HashSet<int> gpusPerNode)
    {
        var clusters = outcome.Clusters
            .Where(cluster => (pattern.Gpu is null || cluster.Platform.Device.Name == pattern.Gpu)
                && gpusPerNode.Contains(cluster.Platform.GpusPerNode))
            .Where(cluster => pattern.Count is null || pattern.Count == (pattern.Gpu is null ? cluster.Nodes : cluster.Gpus))
            .ToList();
        if (clusters.Where(cluster => cluster.OutOfMemory.Count > 0).MinBy(cluster => cluster.OutOfMemory.LeastExcess) is { } nearest)
        {
            var usable = nearest.Platform.UsableBytes;
            return new NothingFits(nearest.OutOfMemory.Nearest, usable * (1 + nearest.OutOfMemory.LeastExcess), usable);
        }
        if (clusters.Where(cluster => cluster.OutOfHostMemory.Count > 0)
            .MinBy(cluster => cluster.OutOfHostMemory.LeastExcess) is { } hosted)
            return new HostTooSmall(HostMiss.Of(hosted));
        return clusters.Find(cluster => cluster.LeftOutFor is not null) is { } left
            ? new ClusterLeftOut(left.Nodes, left.Platform.GpusPerNode, left.LeftOutFor!)
            : null;
    }

    private static bool Means(CandidatePattern pattern, Offer offer) =>
        pattern.Gpu is not null
            ? offer.Gpu == pattern.Gpu
            : string.Equals(offer.Provider, pattern.Provider, StringComparison.OrdinalIgnoreCase)
                && string.Equals(offer.InstanceType, pattern.InstanceType, StringComparison.OrdinalIgnoreCase);
}

/// <summary>The price catalog has no such offer.</summary>
public sealed record NotOffered : Absence;

/// <summary>The filters of the request leave the offers out.</summary>
/// <param name="Offers">How many there are.</param>
public sealed record FilteredOut(int Offers) : Absence;

/// <summary>The offers are left out for a reason.</summary>
/// <param name="Offers">How many.</param>
/// <param name="Reason">One of <see cref="Search.Reason"/>.</param>
public sealed record OffersLeftOut(int Offers, string Reason) : Absence;

/// <summary>The machines can't be had in that number, or not in a way that the user accepts.</summary>
/// <param name="Machines">The machines.</param>
/// <param name="Access">What it would take.</param>
public sealed record NotRentable(Machines Machines, Access Access) : Absence;

/// <summary>Clusters of this size are left out for a reason.</summary>
/// <param name="Nodes">Machines.</param>
/// <param name="GpusPerNode">Devices per machine.</param>
/// <param name="Reason">One of <see cref="Search.Reason"/>.</param>
public sealed record ClusterLeftOut(int Nodes, int GpusPerNode, string Reason) : Absence;

/// <summary>No setup fits in memory.</summary>
/// <param name="Nearest">The setup that is too large by least.</param>
/// <param name="NeededBytes">Its peak memory.</param>
/// <param name="UsableBytes">What a plan may use of the device's.</param>
public sealed record NothingFits(TrainingSetup Nearest, double NeededBytes, double UsableBytes) : Absence;

/// <summary>Every setup that fits the device keeps more in the host's memory than there is.</summary>
/// <param name="Nearest">The one that is too large by least.</param>
public sealed record HostTooSmall(HostMiss Nearest) : Absence;

/// <summary>Machines are not joined to this number.</summary>
/// <param name="GpusPerNode">Devices per machine that are offered.</param>
/// <param name="MaxGpus">Most devices of a cluster.</param>
public sealed record NoSuchCount(IReadOnlyList<int> GpusPerNode, int MaxGpus) : Absence;

/// <summary>No candidate keeps the limits at all: the search as a whole says why.</summary>
/// <param name="Request">What was asked.</param>
/// <param name="Rejected">Why candidates were rejected.</param>
public sealed record NothingFeasible(PlanRequest Request, Rejections Rejected) : Absence;
