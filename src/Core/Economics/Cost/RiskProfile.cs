using System.Globalization;
using SlmPlanner.Core.Text;
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

    /// <summary>One sentence per number, for the list of assumptions of a plan.</summary>
    public IEnumerable<string> Sentences()
    {
        yield return Sentence("Start-up before the first step", StartUpS, "s");
        yield return Sentence("Compilation, where used", CompileS, "s");
        yield return Sentence("Evaluation as a share of step time", EvaluationShare, "");
        yield return Sentence("Checkpoint bytes per parameter", CheckpointBytesPerParameter, "");
        yield return Sentence("Checkpoints kept, where storage has a price", CheckpointsKept, "");
        yield return Sentence("Data set bytes per token, where storage has a price", DatasetBytesPerToken, "");
        yield return Sentence("Checkpoint write rate", CheckpointWriteBytesPerS, "bytes/s");
        yield return Sentence("Failures per machine-hour", FailuresPerNodeHour, "");
        yield return Sentence("Spot interruptions per machine-hour", InterruptionsPerNodeHour, "");
        yield return Sentence("Restart after a stop", RestartS, "s");
        yield return Sentence("Billed wait after a failure", WaitAfterFailureS, "s");
        yield return Sentence("Unbilled wait after a spot interruption", WaitAfterInterruptionS, "s");
    }

    private static string Sentence(string what, SourcedNumber number, string unit)
    {
        var amount = string.Create(CultureInfo.InvariantCulture, $"{number.Value:G4} {unit}").TrimEnd();
        return $"{what}: {amount} ({DeclaredName.Of(number.Kind)}: {number.SourceText()})";
    }
}
