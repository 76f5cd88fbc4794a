using System.Text.Json.Serialization;

namespace SlmPlanner.Core.Planning.Tracking;

/// <summary>Something to do about a run.</summary>
/// <param name="Action">What.</param>
/// <param name="Offer">For a move: where to.</param>
/// <param name="SavesUsd">What it would save in the end, the cost of moving taken off; null where that is not known.</param>
/// <param name="MoveUsd">For a move: what moving costs.</param>
/// <param name="Number">The number that speaks for it: a share, a ratio, a micro-batch.</param>
public sealed record Advice(AdviceAction Action, string? Offer = null, double? SavesUsd = null, double? MoveUsd = null,
    double? Number = null);

/// <summary>The kinds of advice.</summary>
public enum AdviceAction
{
    /// <summary>Go on.</summary>
    [JsonStringEnumMemberName("continue")] Continue,

    /// <summary>The run is done.</summary>
    [JsonStringEnumMemberName("done")] Done,

    /// <summary>Stop before the budget is spent, since the run will not end within it.</summary>
    [JsonStringEnumMemberName("stop")] Stop,

    /// <summary>Move to a cheaper offer.</summary>
    [JsonStringEnumMemberName("move")] Move,

    /// <summary>Try a larger micro-batch: memory is left.</summary>
    [JsonStringEnumMemberName("larger_micro_batch")] LargerMicroBatch,

    /// <summary>Mend the loading of data.</summary>
    [JsonStringEnumMemberName("mend_data_loading")] MendDataLoading,

    /// <summary>Look at the machine: it has become slower.</summary>
    [JsonStringEnumMemberName("look_at_machine")] LookAtMachine,

    /// <summary>Plan again with what was learned: the run is slower than the plan's interval.</summary>
    [JsonStringEnumMemberName("plan_again")] PlanAgain,
}
