namespace SlmPlanner.Core.Planning.Results;

/// <summary>What a plan rests on, so that it can be checked and repeated.</summary>
public sealed record Provenance
{
    /// <summary>Version of the program.</summary>
    public required string Program { get; init; }

    /// <summary>The day the plan was made.</summary>
    public required DateOnly Made { get; init; }

    /// <summary>The price catalog, by file name, its number of offers and its date range.</summary>
    public required string Offers { get; init; }

    /// <summary>Oldest and newest day among the prices considered.</summary>
    public required DateOnly OldestPrice { get; init; }

    /// <summary>Newest day among the prices considered.</summary>
    public required DateOnly NewestPrice { get; init; }

    /// <summary>The performance profile: what it was fitted to, and when.</summary>
    public required string Profile { get; init; }

    /// <summary>Software stack whose efficiency is assumed.</summary>
    public required string Stack { get; init; }

    /// <summary>Scaling law and its source.</summary>
    public required string LossLaw { get; init; }

    /// <summary>Error of the performance model on rows it was not fitted to, in words; empty when not validated.</summary>
    public required string Accuracy { get; init; }

    /// <summary>Assumptions of the plan, one sentence each, with their sources.</summary>
    public required IReadOnlyList<string> Assumptions { get; init; }
}
