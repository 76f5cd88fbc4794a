using System.Collections.Concurrent;

namespace SlmPlanner.Core.Planning.Search;

/// <summary>The clusters that searches of one question went through.</summary>
internal sealed class QuestionPredictions
{
    private readonly ConcurrentDictionary<(Platform Platform, int Nodes), ClusterPredictions> _clusters = new();

    /// <summary>What is known of a cluster.</summary>
    public ClusterPredictions Of(Platform platform, int nodes) => _clusters.GetOrAdd((platform, nodes), _ => new());
}

/// <summary>What is known of a platform at one node count, prices and limits aside. One search at a time reads and adds to it.</summary>
internal sealed class ClusterPredictions
{
    private readonly Lock _lock = new();
    private FittingPredictions? _known;

    /// <summary>Uses the predictions, which are made by who comes first.</summary>
    /// <typeparam name="T">What comes of them.</typeparam>
    /// <param name="predict">Makes them. Where it is ended, the next who comes makes them.</param>
    /// <param name="use">Uses them.</param>
    public T Use<T>(Func<FittingPredictions> predict, Func<FittingPredictions, T> use)
    {
        lock (_lock)
            return use(_known ??= predict());
    }
}

/// <summary>The setups that fit a cluster, and how those miss that don't.</summary>
internal sealed record FittingPredictions
{
    /// <summary>Why no setup was looked at; null when some were.</summary>
    public string? LeftOutFor { get; init; }

    /// <summary>Setups looked at, those that don't fit included; or left out.</summary>
    public required long Setups { get; init; }

    /// <summary>Those that fit.</summary>
    public required ClusterEvaluations Evaluations { get; init; }

    /// <inheritdoc cref="FittingSetups.OutOfMemory"/>
    public MissedSetups OutOfMemory { get; init; } = MissedSetups.None;

    /// <inheritdoc cref="FittingSetups.OutOfHostMemory"/>
    public MissedSetups OutOfHostMemory { get; init; } = MissedSetups.None;
}
