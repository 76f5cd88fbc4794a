using SlmPlanner.Core.Economics.Cost;
using SlmPlanner.Core.Planning.Answers;
using static SlmPlanner.Planner.Configuration.SettingKind;

namespace SlmPlanner.Planner.Configuration;

/// <summary>Every setting with its default: the one table of them.</summary>
internal static class SettingList
{
    /// <summary>The settings in the order in which they are shown.</summary>
    public static IReadOnlyList<Setting> All { get; } =
    [
        new("confidence", Number, "0.9", "probability with which budget and deadline are kept; coverage of intervals", 0.5, 0.99),
        new("max_gpus", WholeNumber, "64", "most devices in all", 1, 100_000),
        new("global_batch_tokens", Number, "524288", "tokens per optimizer step over all devices", 1, 1e9),
        new("seq_len", WholeNumber, "", "tokens per sequence; empty takes the model's own, at most 2048", 1, 1 << 20),
        new("stack", Text, "", "software stack whose efficiency is assumed; empty takes the population of stacks"),
        new("gpus", List, "", "devices to consider; empty means all"),
        new("providers", List, "", "providers to consider; empty means all"),
        new("regions", List, "", "regions to consider; empty means all"),
        new("usable_memory_share", Number, "0.95", "share of the device's memory that a plan may use: predicted peaks err by 6 %", 0.1, 1),
        new("inter_node_gbit_s", Number, "", "network per machine assumed where none is known; empty offers no second machine there", 0.1, 1e5),
        new("longest_run_days", Number, "30", "longest run assumed where a request limits it by nothing", 1.0 / 24, 3650),
        new("price_age_warning_days", WholeNumber, "30", "days after which a price is called stale", 0, 10_000),
        .. RunAssumption.All.Select(assumption => new Setting(
            assumption.Key, Number, "", $"{AssumptionWords.Of(assumption)}; empty takes profiles/risk.json", assumption.Least, assumption.Most)),
    ];

    /// <summary>The names of all settings.</summary>
    public static IEnumerable<string> Keys => All.Select(setting => setting.Key);
}
