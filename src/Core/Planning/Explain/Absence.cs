using SlmPlanner.Core.Planning.Answers;
using SlmPlanner.Core.Planning.Requests;
using SlmPlanner.Core.Planning.Search;
using SlmPlanner.Core.Text;

namespace SlmPlanner.Core.Planning.Explain;

/// <summary>Says why a search holds no candidate of a kind.</summary>
public static class Absence
{
    /// <summary>The first reason that applies, with its numbers.</summary>
    public static string Sentence(SearchOutcome outcome, PlanningInputs inputs, CandidatePattern pattern)
    {
        var offers = inputs.Offers.Where(offer => Means(pattern, offer)).ToList();
        if (offers.Count == 0)
            return $"{pattern.Text}: the price catalog has no such offer.";
        var considered = outcome.Space.Considered.Where(offer => Means(pattern, offer)).ToList();
        if (considered.Count == 0)
            return $"{pattern.Text}: {offers.Count} offers exist, but the filters of the request leave them out.";
        if (outcome.Space.Excluded.FirstOrDefault(exclusion => exclusion.Offers.Any(considered.Contains)) is { } excluded
            && considered.All(excluded.Offers.Contains))
            return $"{pattern.Text}: all {considered.Count} offers are left out for {Readable.Words(excluded.Reason)}.";
        return Cluster(outcome, pattern, considered.Select(offer => offer.GpusPerNode).ToHashSet())
            ?? $"{pattern.Text}: offers have {string.Join(", ", considered.Select(offer => offer.GpusPerNode).Distinct().Order())} GPUs per machine, and machines are joined in powers of two, or all of them, up to {outcome.Request.MaxGpus} GPUs.";
    }

    private static string? Cluster(SearchOutcome outcome, CandidatePattern pattern, HashSet<int> gpusPerNode)
    {
        var clusters = outcome.Clusters
            .Where(cluster => (pattern.Gpu is null || cluster.Platform.Device.Name == pattern.Gpu) && gpusPerNode.Contains(cluster.Platform.GpusPerNode))
            .Where(cluster => pattern.Count is null || pattern.Count == (pattern.Gpu is null ? cluster.Nodes : cluster.Gpus))
            .ToList();
        if (clusters.Where(cluster => cluster.OutOfMemory > 0).MinBy(cluster => cluster.LeastMemoryExcess) is { } nearest)
        {
            var needed = nearest.Platform.UsableBytes * (1 + nearest.LeastMemoryExcess);
            return $"{pattern.Text}: no setup fits; the nearest ({Wording.Setup(nearest.NearestOutOfMemory)}) needs {Readable.Gib(needed)} of {Readable.Gib(nearest.Platform.UsableBytes)}.";
        }
        return clusters.Find(cluster => cluster.LeftOutFor is not null) is { } left
            ? $"{pattern.Text}: {left.Nodes} machines of {left.Platform.GpusPerNode} {(left.Platform.GpusPerNode == 1 ? "GPU" : "GPUs")} are left out for {Readable.Words(left.LeftOutFor!)}."
            : null;
    }

    private static bool Means(CandidatePattern pattern, Economics.Cost.Offer offer) =>
        pattern.Gpu is not null
            ? offer.Gpu == pattern.Gpu
            : string.Equals(offer.Provider, pattern.Provider, StringComparison.OrdinalIgnoreCase)
                && string.Equals(offer.InstanceType, pattern.InstanceType, StringComparison.OrdinalIgnoreCase);
}
