using System.Globalization;
using SlmPlanner.Core.Economics.Cost;

namespace SlmPlanner.Core.Planning.Answers;

/// <summary>What is assumed of a run, in words: one for each of <see cref="RunAssumption.All"/>.</summary>
public static class AssumptionWords
{
    private static readonly Dictionary<string, string> Words = new()
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
    public static string Of(RunAssumption assumption) => Words[assumption.Key];

    /// <summary>One sentence per number, for the list of assumptions of a plan.</summary>
    public static IEnumerable<string> Sentences(RiskProfile risk) =>
        RunAssumption.All.Select(assumption => Sentence(assumption, risk.Of(assumption)));

    private static string Sentence(RunAssumption assumption, SourcedNumber number)
    {
        var amount = string.Create(CultureInfo.InvariantCulture, $"{number.Value:G4} {assumption.Unit}").TrimEnd();
        return $"{Of(assumption)}: {amount} ({number.Kind}: {number.Source})";
    }
}
