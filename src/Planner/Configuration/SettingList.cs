using SlmPlanner.Core;
using SlmPlanner.Planner.Options;
using SlmPlanner.Presentation.CommandLine;

namespace SlmPlanner.Planner.Configuration;

/// <summary>Every setting with its default: those behind options, and those that have no option.</summary>
internal static class SettingList
{
    private const string Risk = "profiles/risk.json";

    /// <summary>The settings in the order in which they are shown.</summary>
    public static IReadOnlyList<Setting> All { get; } =
    [
        .. RequestOptions.All.Where(option => option.Setting is not null).Select(Setting.Of),
        Of("usable_memory_share", 0.1, 1, "share of the device's memory that a plan may use: predicted peaks err by 6 %", "0.95"),
        Of("inter_node_gbit_s", 0.1, 1e5, "network per machine assumed where none is known; empty offers no second machine there"),
        Of("longest_run_days", 1.0 / 24, 3650, "longest run assumed where a request limits it by nothing", "30"),
        new("price_age_warning_days", CommandOption.Optional(
            "price_age_warning_days", Values.Whole("DAYS").Within(0, 10_000), "days after which a price is called stale"), "30"),
        Of("queue_s", 0, 1e8, "wait for machines, not billed", otherwise: Risk),
        Of("start_up_s", 0, 1e7, "billed time before the first step", otherwise: Risk),
        Of("compile_s", 0, 1e6, "compilation where it is used", otherwise: Risk),
        Of("evaluation_share", 0, 10, "evaluation as a share of step time", otherwise: Risk),
        Of("checkpoints_kept", 0, 10_000, "checkpoints stored at a time", otherwise: Risk),
        Of("dataset_bytes_per_token", 0, 1e6, "size of the prepared data set", otherwise: Risk),
        Of("checkpoint_write_bytes_per_s", 1, 1e15, "rate of writing checkpoints", otherwise: Risk),
        Of("failures_per_node_hour", 0, 100, "failures of one machine per hour", otherwise: Risk),
        Of("interruptions_per_node_hour", 0, 100, "interruptions of one spot machine per hour", otherwise: Risk),
        Of("restart_s", 0, 1e7, "billed time of a new start", otherwise: Risk),
    ];

    /// <summary>The names of all settings.</summary>
    public static IEnumerable<string> Keys => All.Select(setting => setting.Key);

    private static Setting Of(string key, double least, double most, string description, string value = "", string? otherwise = null) =>
        new(
        key, CommandOption.Optional(key, Values.Number("NUMBER").Within(new AllowedRange(key, least, most)),
            description) with { Default = otherwise }, value);
}
