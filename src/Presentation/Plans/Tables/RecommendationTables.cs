using SlmPlanner.Core.Planning.Answers;
using SlmPlanner.Core.Planning.Results;
using SlmPlanner.Core.Text;
using SlmPlanner.Presentation.Tables;
using SlmPlanner.Presentation.Wording;

namespace SlmPlanner.Presentation.Plans.Tables;

/// <summary>The tables about the recommended candidate alone.</summary>
internal static class RecommendationTables
{
    /// <summary>What to rent, for how long, at what cost: for a person who decides.</summary>
    /// <param name="candidate">The recommendation.</param>
    /// <param name="confidence">Coverage of its intervals, in words.</param>
    public static ReportTable Decision(Candidate candidate, string confidence) => Facts("Recommendation",
        ("rent", CandidateText.Devices(candidate)),
        ("from", CandidateText.Place(candidate)),
        ("price", $"{Readable.UsdPerHour(candidate.UsdPerHour)}, seen {Readable.Date(candidate.PriceDate)}"),
        ("it takes", AccessWords.Takes(candidate)),
        ("expected cost", $"{Readable.Usd(candidate.CostUsd)} ({CandidateText.CostSpread(candidate, confidence)})"),
        ("storage and egress in it", candidate.FeesUsd > 0 ? Readable.Usd(candidate.FeesUsd) : "no price known"),
        ("expected time", $"{Readable.Hours(candidate.Hours)} ({CandidateText.TimeSpread(candidate, confidence)})"),
        ("training", $"{candidate.Model} ({Readable.Count(candidate.ModelParameters)} parameters) on"
            + $" {Readable.Count(candidate.Tokens)} tokens"),
        ("expected loss", $"{CandidateText.Loss(candidate)} nats per token"),
        ("more money", CandidateText.LossForMore(candidate) is { Length: > 0 } more ? more : Readable.Missing),
        ("tokens per dollar", CandidateText.TokensPerUsd(candidate)));

    /// <summary>The whole setup, for engineers.</summary>
    public static ReportTable Setup(Candidate candidate) => Facts("Setup",
    [
        ("sharding", CandidateText.Name(candidate.Parallelism)),
        ("machines × GPUs", $"{candidate.Nodes} × {candidate.GpusPerNode}, {candidate.Gpus} in use"),
        ("micro-batch × accumulation", $"{candidate.MicroBatch} × {candidate.GradAccum} sequences of"
            + $" {Readable.Whole(candidate.SeqLen)} tokens"),
        ("global batch", $"{Readable.Whole(candidate.TokensPerStep)} tokens"),
        ("precision", CandidateText.Name(candidate.Precision)),
        ("attention", CandidateText.Name(candidate.Attention)),
        ("recomputation", CandidateText.Name(candidate.Recomputation)),
        .. LongSequenceWords.Facts(candidate),
        .. EvaluationWords.Facts(candidate),
        ("compiled", candidate.Compile ? "yes" : "no"),
        .. candidate.Optimizer is { } optimizer ? [("optimizer", DeclaredName.Of(optimizer))] : Array.Empty<(string, string)>(),
        .. candidate.Tuning is { } tuning ? [("fine-tuning", TuningWords.Of(tuning, candidate.TrainedParameters))]
        : Array.Empty<(string, string)>(),
        ("throughput", $"{Readable.Count(candidate.TokensPerSecond)} tokens/s"
            + $" ({Readable.Count(candidate.TokensPerSecondLow)}–{Readable.Count(candidate.TokensPerSecondHigh)})"),
        ("step time", Readable.Seconds(candidate.StepTimeSeconds)),
        ("model FLOPs utilisation", Readable.Percent(candidate.Mfu)),
        ("peak memory", $"{Readable.Gib(candidate.PeakMemoryBytes)} of {Readable.Gib(candidate.DeviceMemoryBytes)}"),
    ]);

    /// <summary>Seconds per term of one optimizer step.</summary>
    public static ReportTable StepTime(Candidate candidate) => Parts(
        "Where the step's time goes", candidate.Breakdown.StepTimeS, candidate.StepTimeSeconds, BreakdownWords.StepTerm, Readable.Seconds);

    /// <summary>Bytes per component of one device's peak.</summary>
    public static ReportTable Memory(Candidate candidate) => Parts(
        "Where the memory goes", candidate.Breakdown.MemoryBytes, candidate.PeakMemoryBytes, BreakdownWords.MemoryComponent, Readable.Gib);

    private static ReportTable Parts(string title,
        IReadOnlyList<NamedAmount> parts, double total, Func<string, string> name, Func<double, string> show) =>
        ReportTable.Of<NamedAmount>(
            title,
            [.. parts, new NamedAmount("total", total)],
            new("part", part => name(part.Name)),
            new("amount", part => show(part.Amount), IsNumber: true),
            new("share", part => Readable.Percent(total > 0 ? part.Amount / total : 0), IsNumber: true));

    private static ReportTable Facts(string title, params IReadOnlyList<(string Name, string Value)> facts) =>
        ReportTable.Of<(string Name, string Value)>(title, facts, new("what", fact => fact.Name), new("value", fact => fact.Value));
}
