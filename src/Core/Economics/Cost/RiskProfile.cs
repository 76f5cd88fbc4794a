using SlmPlanner.Core.Units;

namespace SlmPlanner.Core.Economics.Cost;

/// <summary>The numbers of <c>profiles/risk.json</c>: what runs do besides their steps, each with its source.</summary>
public sealed record RiskProfile
{
    /// <summary>Version of the file format.</summary>
    public required int SchemaVersion { get; init; }

    /// <summary>See <see cref="RunAssumptions.QueueSeconds"/>.</summary>
    public required SourcedNumber QueueS { get; init; }

    /// <summary>See <see cref="RunAssumptions.StartUpSeconds"/>.</summary>
    public required SourcedNumber StartUpS { get; init; }

    /// <summary>See <see cref="RunAssumptions.CompileSeconds"/>.</summary>
    public required SourcedNumber CompileS { get; init; }

    /// <summary>See <see cref="RunAssumptions.EvaluationShare"/>.</summary>
    public required SourcedNumber EvaluationShare { get; init; }

    /// <summary>See <see cref="RunAssumptions.CheckpointBytesPerParameter"/>.</summary>
    public required SourcedNumber CheckpointBytesPerParameter { get; init; }

    /// <summary>See <see cref="RunAssumptions.CheckpointsKept"/>.</summary>
    public required SourcedNumber CheckpointsKept { get; init; }

    /// <summary>See <see cref="RunAssumptions.DatasetBytesPerToken"/>.</summary>
    public required SourcedNumber DatasetBytesPerToken { get; init; }

    /// <summary>See <see cref="RunAssumptions.CheckpointWrite"/>.</summary>
    public required SourcedNumber CheckpointWriteBytesPerS { get; init; }

    /// <summary>See <see cref="RunAssumptions.FailuresPerNodeHour"/>.</summary>
    public required SourcedNumber FailuresPerNodeHour { get; init; }

    /// <summary>See <see cref="RunAssumptions.InterruptionsPerNodeHour"/>.</summary>
    public required SourcedNumber InterruptionsPerNodeHour { get; init; }

    /// <summary>See <see cref="RunAssumptions.RestartSeconds"/>.</summary>
    public required SourcedNumber RestartS { get; init; }

    /// <summary>See <see cref="RunAssumptions.WaitAfterFailureSeconds"/>.</summary>
    public required SourcedNumber WaitAfterFailureS { get; init; }

    /// <summary>See <see cref="RunAssumptions.WaitAfterInterruptionSeconds"/>.</summary>
    public required SourcedNumber WaitAfterInterruptionS { get; init; }

    /// <summary>Billing by provider; the entry named <c>*</c> holds for the others.</summary>
    public required IReadOnlyList<ProviderBilling> Billing { get; init; }

    /// <summary>The numbers alone, as the models take them.</summary>
    public RunAssumptions Assumptions => new()
    {
        QueueSeconds = QueueS.Value,
        StartUpSeconds = StartUpS.Value,
        CompileSeconds = CompileS.Value,
        EvaluationShare = EvaluationShare.Value,
        CheckpointBytesPerParameter = CheckpointBytesPerParameter.Value,
        CheckpointsKept = CheckpointsKept.Value,
        DatasetBytesPerToken = DatasetBytesPerToken.Value,
        CheckpointWrite = new BytesPerSecond(CheckpointWriteBytesPerS.Value),
        FailuresPerNodeHour = FailuresPerNodeHour.Value,
        InterruptionsPerNodeHour = InterruptionsPerNodeHour.Value,
        RestartSeconds = RestartS.Value,
        WaitAfterFailureSeconds = WaitAfterFailureS.Value,
        WaitAfterInterruptionSeconds = WaitAfterInterruptionS.Value,
    };

    /// <summary>The rule by which a provider bills.</summary>
    /// <param name="provider">Provider as in offers.</param>
    public BillingRule BillingOf(string provider)
    {
        var entry = Billing.FirstOrDefault(billing => billing.Provider == provider) ?? Billing.First(billing => billing.Provider == "*");
        return new(entry.UnitS, entry.MinimumS);
    }

    /// <summary>The numbers that a plan states as its assumptions, by kebab-case key.</summary>
    public IEnumerable<(string Key, SourcedNumber Number)> Numbers() =>
    [
        ("start-up", StartUpS),
        ("compilation", CompileS),
        ("evaluation-share", EvaluationShare),
        ("checkpoint-bytes", CheckpointBytesPerParameter),
        ("checkpoints-kept", CheckpointsKept),
        ("dataset-bytes", DatasetBytesPerToken),
        ("checkpoint-write-rate", CheckpointWriteBytesPerS),
        ("failures", FailuresPerNodeHour),
        ("spot-interruptions", InterruptionsPerNodeHour),
        ("restart", RestartS),
        ("wait-after-failure", WaitAfterFailureS),
        ("wait-after-interruption", WaitAfterInterruptionS),
    ];
}
