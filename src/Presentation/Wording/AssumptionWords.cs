using System.Globalization;
using SlmPlanner.Core.Economics.Cost;
using SlmPlanner.Core.Economics.Energy;
using SlmPlanner.Core.Planning.Results;
using SlmPlanner.Core.Text;
using SlmPlanner.Core.Units;

namespace SlmPlanner.Presentation.Wording;

/// <summary>What a plan takes for granted.</summary>
internal static class AssumptionWords
{
    /// <summary>What each of <see cref="RunAssumption.All"/> is, by its key.</summary>
    public static IReadOnlyDictionary<string, string> Numbers { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["queue_s"] = "Unbilled wait for machines before the run",
        ["start_up_s"] = "Start-up before the first step",
        ["compile_s"] = "Compilation, where used, at the start and at every restart",
        ["evaluation_share"] = "Evaluation as a share of step time",
        ["checkpoint_bytes_per_parameter"] = "Checkpoint bytes per parameter",
        ["checkpoints_kept"] = "Checkpoints kept, where storage has a price",
        ["dataset_bytes_per_token"] = "Data set bytes per token, where storage has a price",
        ["checkpoint_write_bytes_per_s"] = "Checkpoint write rate",
        ["failures_per_node_hour"] = "Failures per machine-hour",
        ["interruptions_per_node_hour"] = "Spot interruptions per machine-hour",
        ["restart_s"] = "Restart after a stop",
        ["wait_after_failure_s"] = "Billed wait after a failure",
        ["wait_after_interruption_s"] = "Unbilled wait after a spot interruption",
    };

    /// <summary>What an assumption is of.</summary>
    public static string Of(RunAssumption assumption) => Numbers[assumption.Key];

    public static string Of(Assumption assumption) => assumption switch
    {
        GlobalBatchAssumed batch =>
            $"Global batch {Readable.Count(batch.Tokens)} tokens, met within {Readable.Percent(batch.Tolerance)}; sequences of"
                + $" {batch.SeqLen} tokens.",
        WholeMachinesAssumed => 
            "Machines are rented whole, in powers of two or all that are allowed; own machines in any number. They train with data"
                + " parallelism, sharded or not.",
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
        var unit = RunAssumption.All.FirstOrDefault(assumption => assumption.Key == key)?.Unit ?? "";
        var amount = string.Create(CultureInfo.InvariantCulture, $"{number.Value:G4} {unit}").TrimEnd();
        return $"{Numbers.GetValueOrDefault(key) ?? Readable.Words(key)}: {amount} ({DeclaredName.Of(number.Kind)}: {number.SourceText()})";
    }
}
