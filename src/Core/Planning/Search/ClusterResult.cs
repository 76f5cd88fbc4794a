using SlmPlanner.Core.Planning.Results;
using SlmPlanner.Core.Training;

namespace SlmPlanner.Core.Planning.Search;

/// <summary>All candidates of one platform at one node count.</summary>
public sealed record ClusterResult
{
    /// <summary>The hardware.</summary>
    public required Platform Platform { get; init; }

    /// <summary>Machines.</summary>
    public required int Nodes { get; init; }

    /// <summary>How many offers the platform has: each setup is a candidate on each.</summary>
    public required int OfferCount { get; init; }

    /// <summary>Setups looked at, those that don't fit included; or left out, when there is a <see cref="LeftOutFor"/>.</summary>
    public required long Setups { get; init; }

    /// <summary>Setups that don't fit.</summary>
    public long OutOfMemory { get; init; }

    /// <summary>By what fraction of the device's memory the nearest of those is too large; infinite when all fit.</summary>
    public double LeastMemoryExcess { get; init; } = double.PositiveInfinity;

    /// <summary>That setup.</summary>
    public TrainingSetup NearestOutOfMemory { get; init; }

    /// <summary>Setups that fit the device and not the host's memory.</summary>
    public long OutOfHostMemory { get; init; }

    /// <summary>By what fraction of the host's memory the nearest of those is too large; infinite when all fit.</summary>
    public double LeastHostExcess { get; init; } = double.PositiveInfinity;

    /// <summary>That setup.</summary>
    public TrainingSetup NearestOutOfHostMemory { get; init; }

    /// <summary>Candidates (setups times offers) whose run has no finite length.</summary>
    public long NeverFinishes { get; init; }

    /// <summary>Why no setup was looked at; null when some were.</summary>
    public string? LeftOutFor { get; init; }

    /// <summary>What the setups that fit come to on each offer; empty when none fits.</summary>
    public IReadOnlyList<OfferResult> Offers { get; init; } = [];

    /// <summary>All devices.</summary>
    public int Gpus => Platform.GpusPerNode * Nodes;

    /// <summary>A node count at which nothing can be predicted.</summary>
    internal static ClusterResult LeftOut(PlatformOffers offered, int nodes, long setups, string reason) =>
        new() { Platform = offered.Platform, Nodes = nodes, OfferCount = offered.Offers.Count, Setups = setups, LeftOutFor = reason };
}
