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

    /// <summary>Setups that the device's memory does not hold.</summary>
    internal MissedSetups OutOfMemory { get; init; } = MissedSetups.None;

    /// <summary>Setups that fit the device and not the host's memory.</summary>
    internal MissedSetups OutOfHostMemory { get; init; } = MissedSetups.None;

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

/// <summary>Setups that some memory does not hold.</summary>
/// <param name="Count">How many.</param>
/// <param name="LeastExcess">By what fraction of the memory the nearest of them is too large; infinite when there are none.</param>
/// <param name="Nearest">That setup.</param>
internal readonly record struct MissedSetups(long Count, double LeastExcess, TrainingSetup Nearest)
{
    /// <summary>Of no setup.</summary>
    public static MissedSetups None { get; } = new(0, double.PositiveInfinity, default);

    /// <summary>With one more, which is no nearer.</summary>
    public MissedSetups WithOneMore() => this with { Count = Count + 1 };

    /// <summary>With one more.</summary>
    public MissedSetups With(in TrainingSetup setup, double excess) => excess < LeastExcess ? new(Count + 1, excess, setup) : WithOneMore();
}
