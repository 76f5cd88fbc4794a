namespace SlmPlanner.Core.Economics.Cost;

/// <summary>
/// One number that a run is assumed to have: the table from which the file <c>profiles/risk.json</c>, the settings, the
/// sentences of a plan and <see cref="RunAssumptions"/> follow.
/// </summary>
/// <param name="Key">Its name in the file, in settings and in the table of words, with the unit as suffix.</param>
/// <param name="Unit">Its unit for people; empty for a share, a count or a rate per hour, which its words state.</param>
/// <param name="Least">Least value allowed.</param>
/// <param name="Most">Greatest value allowed.</param>
/// <param name="With">Assumptions with the number set to a value.</param>
public sealed record RunAssumption(string Key, string Unit, double Least, double Most, Func<RunAssumptions, double, RunAssumptions> With)
{
    private const double Month = 30 * 86_400;

    /// <summary>How often a spot machine is interrupted: the weakest of the numbers, which a plan names by itself.</summary>
    public static RunAssumption Interruptions { get; } =
        new("interruptions_per_node_hour", "", 0, 10, (runs, value) => runs with { InterruptionsPerNodeHour = value });

    /// <summary>All of them, in the order in which people are told.</summary>
    public static IReadOnlyList<RunAssumption> All { get; } =
    [
        new("queue_s", "s", 0, Month, (runs, value) => runs with { QueueSeconds = value }),
        new("start_up_s", "s", 0, Month, (runs, value) => runs with { StartUpSeconds = value }),
        new("compile_s", "s", 0, Month, (runs, value) => runs with { CompileSeconds = value }),
        new("evaluation_share", "", 0, 10, (runs, value) => runs with { EvaluationShare = value }),
        new("checkpoint_bytes_per_parameter", "", 0, 64, (runs, value) => runs with { CheckpointBytesPerParameter = value }),
        new("checkpoints_kept", "", 0, 10_000, (runs, value) => runs with { CheckpointsKept = value }),
        new("dataset_bytes_per_token", "", 0, 1e6, (runs, value) => runs with { DatasetBytesPerToken = value }),
        new("checkpoint_write_bytes_per_s", "bytes/s", 1e5, 1e13, (runs, value) => runs with { CheckpointWrite = new(value) }),
        new("failures_per_node_hour", "", 0, 10, (runs, value) => runs with { FailuresPerNodeHour = value }),
        Interruptions,
        new("restart_s", "s", 0, Month, (runs, value) => runs with { RestartSeconds = value }),
        new("wait_after_failure_s", "s", 0, Month, (runs, value) => runs with { WaitAfterFailureSeconds = value }),
        new("wait_after_interruption_s", "s", 0, Month, (runs, value) => runs with { WaitAfterInterruptionSeconds = value }),
    ];

    /// <summary>True of a value within the range.</summary>
    public bool Allows(double value) => value >= Least && value <= Most;
}
