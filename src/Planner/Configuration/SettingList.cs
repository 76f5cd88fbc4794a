using SlmPlanner.Core;
using SlmPlanner.Core.Economics.Cost;
using SlmPlanner.Core.Planning.Answers;
using SlmPlanner.Planner.Options;
using SlmPlanner.Presentation.CommandLine;
using SlmPlanner.Presentation.Wording;

namespace SlmPlanner.Planner.Configuration;

/// <summary>Every setting with its default: those behind options, and those that have no option.</summary>
internal static class SettingList
{
    private const string Risk = "profiles/risk.json";

    /// <summary>The settings in the order in which they are shown.</summary>
    public static IReadOnlyList<Setting> All { get; } =
    [
        .. RequestOptions.All.Where(option => option.Setting is not null).Select(Setting.Of),
        Setting.Of(EvidenceOptions.Store),
        Of("usable_memory_share", 0.1, 1, "share of the device's memory that a plan may use: predicted peaks err by 6 %", "0.95"),
        Of("inter_node_gbit_s", 0.1, 1e5, "network per machine assumed where none is known; empty offers no second machine there"),
        Of("longest_run_days", 1.0 / 24, 3650, "longest run assumed where a request limits it by nothing", "30"),
        new("price_age_warning_days", CommandOption.Optional(
            "price_age_warning_days", Values.Whole("DAYS").Within(0, 10_000), "days after which a price is called stale"), "30"),
        .. RunAssumption.All.Select(assumption =>
            Of(assumption.Key, assumption.Least, assumption.Most, AssumptionWords.Of(assumption), otherwise: Risk)),
    ];

    /// <summary>The names of all settings.</summary>
    public static IEnumerable<string> Keys => All.Select(setting => setting.Key);

    private static Setting Of(string key, double least, double most, string description, string value = "", string? otherwise = null) =>
        new(
        key, CommandOption.Optional(key, Values.Number("NUMBER").Within(new AllowedRange(key, least, most)),
            description) with { Default = otherwise }, value);
}
