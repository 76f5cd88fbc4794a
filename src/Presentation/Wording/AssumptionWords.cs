using System.Globalization;
using SlmPlanner.Core.Economics.Cost;
using SlmPlanner.Core.Economics.Energy;
using SlmPlanner.Core.Planning;

namespace SlmPlanner.Presentation.Wording;

/// <summary>What a plan takes for granted.</summary>
internal static class AssumptionWords
{
    /// <summary>The numbers of the risk profile by key: what each is, and its unit.</summary>
    public static IReadOnlyDictionary<string, (string What, string Unit)> Numbers { get; } =
        new Dictionary<string, (string, string)>(StringComparer.Ordinal)
    {
        ["start-up"] = ("Start-up before the first step", " s"),
        ["compilation"] = ("Compilation, where used", " s"),
        ["evaluation-share"] = ("Evaluation as a share of step time", ""),
        ["checkpoint-bytes"] = ("Checkpoint bytes per parameter", ""),
        ["checkpoints-kept"] = ("Checkpoints kept, where storage has a price", ""),
        ["dataset-bytes"] = ("Data set bytes per token, where storage has a price", ""),
        ["checkpoint-write-rate"] = ("Checkpoint write rate", " bytes/s"),
        ["failures"] = ("Failures per machine-hour", ""),
        ["spot-interruptions"] = ("Spot interruptions per machine-hour", ""),
        ["restart"] = ("Restart after a stop", " s"),
        ["wait-after-failure"] = ("Billed wait after a failure", " s"),
        ["wait-after-interruption"] = ("Unbilled wait after a spot interruption", " s"),
    };

    /// <summary>The sentence.</summary>
    public static string Of(Assumption assumption) => assumption switch
    {
        GlobalBatchAssumed batch =>
            $"Global batch {Readable.Count(batch.Tokens)} tokens, met within {Readable.Percent(batch.Tolerance)}; sequences of"
                + $" {batch.SeqLen} tokens.",
        WholeMachinesAssumed => "Machines are rented whole and in powers of two, and train with data parallelism, sharded or not.",
        ConfidenceAssumed limits =>
            $"Limits hold with probability {Readable.Number(limits.Confidence)}; intervals cover"
                + $" {Readable.Percent(limits.Confidence)} of the outcomes that the model expects.",
        LongestRunAssumed run =>
            $"A request for the cheapest plan without any limit, or for the lowest loss without a deadline, means a run of at most"
                + $" {Readable.Hours(run.Hours)}.",
        RiskNumberAssumed risk => Of(risk.Key, risk.Number),
        ToldAssumption told => told.Sentence,
        _ => throw new ArgumentOutOfRangeException(nameof(assumption), assumption, null),
    };

    /// <summary>What an estimate of energy rests on.</summary>
    public static string Of(EnergyBasis basis) => basis switch
    {
        PowerBasis power => string.Create(CultureInfo.InvariantCulture,
            $"Estimate: {power.Watts:0} W of {power.TdpWatts:0} W per device, machine {power.HostFactor:0.0#} times its devices,"
                + $" data centre {power.Pue:0.0#}; {Of(power.Grid)}."),
        ToldBasis told => told.Sentence,
        _ => throw new ArgumentOutOfRangeException(nameof(basis), basis, null),
    };

    private static string Of(GridIntensity? grid) => grid is null
        ? "the region's grid is not known"
        : string.Create(CultureInfo.InvariantCulture, $"{grid.GramsPerKwh:0} g CO2 per kWh ({grid.Source}, {grid.Kind})");

    private static string Of(string key, SourcedNumber number)
    {
        var (what, unit) = Numbers.TryGetValue(key, out var words) ? words : (Readable.Words(key), "");
        return string.Create(CultureInfo.InvariantCulture, $"{what}: {number.Value:G4}{unit} ({number.Kind}: {number.Source})");
    }
}
