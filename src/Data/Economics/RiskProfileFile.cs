using SlmPlanner.Core;
using SlmPlanner.Core.Economics.Cost;
using SlmPlanner.Core.Units;
using SlmPlanner.Data.Json;

namespace SlmPlanner.Data.Economics;

/// <summary>Reads <c>risk.json</c> under a profiles folder.</summary>
public static class RiskProfileFile
{
    /// <summary>Reads and checks the file.</summary>
    /// <exception cref="InputException">A missing file, malformed JSON, or a number outside its range.</exception>
    public static RiskProfile Read(string profiles)
    {
        var path = Path.Combine(profiles, "risk.json");
        return File.Exists(path) ? Parse(File.ReadAllText(path), path) : throw new InputException($"{path}: not found");
    }

    /// <summary>Parses and checks a profile; <paramref name="origin"/> names the text in messages.</summary>
    /// <exception cref="InputException">Malformed JSON, or a number outside its range.</exception>
    public static RiskProfile Parse(string json, string origin)
    {
        FormatVersion.Check(json, FormatVersion.OfDataFiles, origin);
        var profile = JsonFile.Parse(json, CostJson.Default.RiskProfile, origin);
        Check(profile, origin);
        return profile;
    }

    private static void Check(RiskProfile profile, string origin)
    {
        const double month = 30 * 86400;
        Within(profile.QueueS, 0, month, "queue_s", origin);
        Within(profile.StartUpS, 0, month, "start_up_s", origin);
        Within(profile.CompileS, 0, month, "compile_s", origin);
        Within(profile.EvaluationShare, 0, 10, "evaluation_share", origin);
        Within(profile.CheckpointBytesPerParameter, 0, 64, "checkpoint_bytes_per_parameter", origin);
        Within(profile.CheckpointsKept, 0, 10_000, "checkpoints_kept", origin);
        Within(profile.DatasetBytesPerToken, 0, 1e6, "dataset_bytes_per_token", origin);
        Within(profile.CheckpointWriteBytesPerS, 1e5, 1e13, "checkpoint_write_bytes_per_s", origin);
        Within(profile.FailuresPerNodeHour, 0, 10, "failures_per_node_hour", origin);
        Within(profile.InterruptionsPerNodeHour, 0, 10, "interruptions_per_node_hour", origin);
        Within(profile.RestartS, 0, month, "restart_s", origin);
        Within(profile.WaitAfterFailureS, 0, month, "wait_after_failure_s", origin);
        Within(profile.WaitAfterInterruptionS, 0, month, "wait_after_interruption_s", origin);
        if (profile.Billing.All(billing => billing.Provider != "*"))
            throw new InputException($"{origin}: billing has no entry for provider '*', which holds for providers without their own");
        foreach (var billing in profile.Billing)
        {
            Within(new(billing.UnitS, billing.Kind, [billing.Source]), 0, month, $"billing of {billing.Provider}: unit_s", origin);
            Within(new(billing.MinimumS, billing.Kind, [billing.Source]), 0, month, $"billing of {billing.Provider}: minimum_s", origin);
        }
    }

    private static void Within(SourcedNumber number, double low, double high, string field, string origin)
    {
        if (!(number.Value >= low && number.Value <= high))
            throw new InputException($"{origin}: {field} is {number.Value}, allowed {low} to {high}");
    }
}
