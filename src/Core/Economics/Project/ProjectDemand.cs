namespace SlmPlanner.Core.Economics.Project;

/// <summary>
/// What a project does besides its final run. Runs are counted in final runs: 20 ablations of a fiftieth each are 0.4 of it.
/// </summary>
public sealed record ProjectDemand
{
    /// <summary>Ablations, in final runs.</summary>
    public required double Ablations { get; init; }

    /// <summary>Further runs of the final size with other seeds.</summary>
    public double Seeds { get; init; }

    /// <summary>Trials of hyper-parameters, in final runs.</summary>
    public double Trials { get; init; }

    /// <summary>Share of all runs that is run again: failures, bugs, restarts.</summary>
    public required double FailedShare { get; init; }

    /// <summary>Evaluation of checkpoints outside the runs, as a share of all runs.</summary>
    public required double EvaluationShare { get; init; }

    /// <summary>Preparing the data, USD.</summary>
    public double DataUsd { get; init; }

    /// <summary>Data and checkpoints kept, GiB.</summary>
    public double StorageGib { get; init; }

    /// <summary>For how many months.</summary>
    public required double StorageMonths { get; init; }

    /// <summary>USD per GiB and month.</summary>
    public required double StorageUsdPerGibMonth { get; init; }

    /// <summary>People who wait for the final run; 0 where their time is not asked for.</summary>
    public double People { get; init; }

    /// <summary>What a day of one of them costs, USD.</summary>
    public double PersonUsdPerDay { get; init; }

    /// <summary>The probability with which the bill shall not be exceeded.</summary>
    public double Contingency { get; init; } = 0.9;

    /// <summary>Standard deviation of the logarithm of what experiments come to: nobody keeps to the number planned.</summary>
    public required double ExperimentLogSpread { get; init; }

    /// <summary>Standard deviation of the logarithm of <see cref="FailedShare"/>.</summary>
    public required double FailedLogSpread { get; init; }

    /// <summary>What of this was not said by the user, by the keys of <c>profiles/project.json</c>.</summary>
    public IReadOnlyList<string> Assumed { get; init; } = [];

    /// <summary>Experiments in final runs.</summary>
    public double Experiments => Ablations + Seeds + Trials;

    /// <summary>Storage of the whole project, USD.</summary>
    public double StorageUsd => StorageGib * StorageMonths * StorageUsdPerGibMonth;
}
