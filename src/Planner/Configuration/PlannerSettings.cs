using SlmPlanner.Core.Economics.Cost;
using SlmPlanner.Core.Units;

namespace SlmPlanner.Planner.Configuration;

/// <summary>
/// The settings with their types: defaults for whatever a command line leaves open. Their meaning is in <see cref="SettingList"/>.
/// </summary>
internal sealed record PlannerSettings
{
    /// <summary><c>confidence</c>.</summary>
    public required double Confidence { get; init; }

    /// <summary><c>max_gpus</c>.</summary>
    public required int MaxGpus { get; init; }

    /// <summary><c>global_batch_tokens</c>.</summary>
    public required double GlobalBatchTokens { get; init; }

    /// <summary><c>seq_len</c>; null takes the model's own.</summary>
    public int? SeqLen { get; init; }

    /// <summary><c>stack</c>; null takes the population of stacks.</summary>
    public string? Stack { get; init; }

    /// <summary><c>gpus</c>.</summary>
    public required IReadOnlyList<string> Gpus { get; init; }

    /// <summary><c>providers</c>.</summary>
    public required IReadOnlyList<string> Providers { get; init; }

    /// <summary><c>regions</c>.</summary>
    public required IReadOnlyList<string> Regions { get; init; }

    /// <summary><c>usable_memory_share</c>.</summary>
    public required double UsableMemoryShare { get; init; }

    /// <summary><c>inter_node_gbit_s</c>; null assumes none.</summary>
    public double? InterNodeGbitS { get; init; }

    /// <summary><c>longest_run_days</c>.</summary>
    public required double LongestRunDays { get; init; }

    /// <summary><c>price_age_warning_days</c>.</summary>
    public required int PriceAgeWarningDays { get; init; }

    /// <summary>What runs do besides their steps, over the numbers of <c>profiles/risk.json</c>.</summary>
    public required Func<RunAssumptions, RunAssumptions> Adjust { get; init; }

    /// <summary>The typed settings.</summary>
    public static PlannerSettings From(EffectiveSettings settings) => new()
    {
        Confidence = settings.Number("confidence")!.Value,
        MaxGpus = (int)settings.Number("max_gpus")!.Value,
        GlobalBatchTokens = settings.Number("global_batch_tokens")!.Value,
        SeqLen = (int?)settings.Number("seq_len"),
        Stack = settings.Text("stack") is { Length: > 0 } stack ? stack : null,
        Gpus = settings.List("gpus"),
        Providers = settings.List("providers"),
        Regions = settings.List("regions"),
        UsableMemoryShare = settings.Number("usable_memory_share")!.Value,
        InterNodeGbitS = settings.Number("inter_node_gbit_s"),
        LongestRunDays = settings.Number("longest_run_days")!.Value,
        PriceAgeWarningDays = (int)settings.Number("price_age_warning_days")!.Value,
        Adjust = assumptions => RunAssumption.All.Aggregate(assumptions, (runs, assumption) =>
            settings.Number(assumption.Key) is { } value ? assumption.With(runs, value) : runs),
    };
}
