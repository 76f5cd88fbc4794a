using SlmPlanner.Core.Units;

namespace SlmPlanner.Core.Economics.Project;

/// <summary>
/// What a project is taken to do where the user does not say it, in <c>profiles/project.json</c>, each number with its source.
/// </summary>
public sealed record ProjectProfile
{
    /// <summary>Version of the file format.</summary>
    public required int SchemaVersion { get; init; }

    /// <summary>Ablations in final runs.</summary>
    public required SourcedNumber Ablations { get; init; }

    /// <summary>Share of all runs that is run again.</summary>
    public required SourcedNumber FailedShare { get; init; }

    /// <summary>Evaluation as a share of all runs.</summary>
    public required SourcedNumber EvaluationShare { get; init; }

    /// <summary>Months that data and checkpoints are kept.</summary>
    public required SourcedNumber StorageMonths { get; init; }

    /// <summary>USD per GiB and month.</summary>
    public required SourcedNumber StorageUsdPerGibMonth { get; init; }

    /// <summary>Standard deviation of the logarithm of experiments.</summary>
    public required SourcedNumber ExperimentLogSpread { get; init; }

    /// <summary>Standard deviation of the logarithm of the failed share.</summary>
    public required SourcedNumber FailedLogSpread { get; init; }

    /// <summary>What is known of a part that the user did not say; null for a part that has no default.</summary>
    public SourcedNumber? Of(string part) => part switch
    {
        "ablations" => Ablations,
        "failed-runs" => FailedShare,
        "evaluation" => EvaluationShare,
        "storage" => StorageUsdPerGibMonth,
        _ => null,
    };
}
