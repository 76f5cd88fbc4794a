using SlmPlanner.Core.Measurements.Runs;
using SlmPlanner.Core.Planning.Tracking;
using SlmPlanner.Presentation.Wording;

namespace SlmPlanner.Presentation.Runs;

/// <summary>A run against its plan, as <c>slm-plan track</c> tells it. What is not known is null.</summary>
public sealed record TrackReport
{
    /// <summary>Version of the form.</summary>
    public int SchemaVersion { get; init; } = 1;

    /// <summary>Id of the plan.</summary>
    public required string? PlanId { get; init; }

    /// <summary>The log.</summary>
    public required string Log { get; init; }

    /// <summary>Steps done.</summary>
    public required int StepsDone { get; init; }

    /// <summary>Steps of the whole run.</summary>
    public required int StepsTotal { get; init; }

    /// <summary>Tokens done.</summary>
    public required double TokensDone { get; init; }

    /// <summary>Tokens per second of all devices now.</summary>
    public required double TokensPerS { get; init; }

    /// <summary>The same with its 90 % interval.</summary>
    public required TrackBand TokensPerSInterval { get; init; }

    /// <summary>The same as planned.</summary>
    public required TrackBand PlannedTokensPerS { get; init; }

    /// <summary>Hours so far.</summary>
    public required double ElapsedHours { get; init; }

    /// <summary>USD so far.</summary>
    public required double SpentUsd { get; init; }

    /// <summary>USD of an hour.</summary>
    public required double UsdPerHour { get; init; }

    /// <summary>When the run began, UTC where the log's zone is; null where the log has no clock.</summary>
    public string? Started { get; init; }

    /// <summary>When it ends, on the same clock; null where the log has none.</summary>
    public TrackTimes? Finish { get; init; }

    /// <summary>Hours from start to end.</summary>
    public required TrackBand FinishHours { get; init; }

    /// <summary>USD in the end.</summary>
    public required TrackBand FinalCostUsd { get; init; }

    /// <summary>The budget that it is held against.</summary>
    public double? BudgetUsd { get; init; }

    /// <summary>The deadline that it is held against, hours from the start.</summary>
    public double? DeadlineHours { get; init; }

    /// <summary>Probability to keep the budget.</summary>
    public double? PWithinBudget { get; init; }

    /// <summary>Probability to keep the deadline.</summary>
    public double? PWithinDeadline { get; init; }

    /// <summary>Training loss in the end.</summary>
    public TrackBand? FinalLoss { get; init; }

    /// <summary>The run beside a learned one that was named; null where none was.</summary>
    public LikeRun? Like { get; init; }

    /// <summary>Share of a step spent waiting for data.</summary>
    public double? DataBoundShare { get; init; }

    /// <summary>Share of the time so far in which no step was trained, by what it was.</summary>
    public IReadOnlyDictionary<string, double> Shares { get; init; } = new Dictionary<string, double>();

    /// <summary>Where time goes against the plan, as far as the log tells.</summary>
    public IReadOnlyList<TrackTerm> Terms { get; init; } = [];

    /// <summary>Shares of the budget that were passed, by what was spent and by the forecast.</summary>
    public IReadOnlyList<TrackThreshold> Thresholds { get; init; } = [];

    /// <summary>What happened.</summary>
    public IReadOnlyList<TrackEvent> Events { get; init; } = [];

    /// <summary>What to do.</summary>
    public IReadOnlyList<TrackAdviceText> Advice { get; init; } = [];

    /// <summary>Whether the forecast breaks the plan.</summary>
    public bool BreaksPlan { get; init; }

    /// <summary>Whether all steps are done.</summary>
    public bool Done { get; init; }

    /// <summary>The report of a run.</summary>
    public static TrackReport Of(RunProgress progress, string? planId, string log) => new()
    {
        PlanId = planId, Log = log, StepsDone = progress.StepsDone, StepsTotal = progress.StepsTotal, TokensDone = progress.TokensDone,
        TokensPerS = progress.TokensPerSecond.Median, TokensPerSInterval = TrackBand.Of(progress.TokensPerSecond),
        PlannedTokensPerS = TrackBand.Of(progress.PlannedTokensPerSecond), ElapsedHours = progress.ElapsedHours,
            SpentUsd = progress.SpentUsd,
        UsdPerHour = progress.UsdPerHour, Started = TrackTimes.At(progress.Began, 0),
        Finish = progress.Began is { } began ? TrackTimes.Of(began, progress.FinishHours) : null,
        FinishHours = TrackBand.Of(progress.FinishHours), FinalCostUsd = TrackBand.Of(progress.FinalCostUsd),
            BudgetUsd = progress.BudgetUsd,
        DeadlineHours = progress.DeadlineHours, PWithinBudget = progress.WithinBudget, PWithinDeadline = progress.WithinDeadline,
        FinalLoss = progress.FinalLoss is { } loss ? TrackBand.Of(loss) : null, DataBoundShare = progress.DataShare,
        Shares = progress.Shares.ToDictionary(share => Core.Text.DeclaredName.Of(share.Key), share => share.Value),
        Terms = [.. progress.Terms.Select(TrackTerm.Of)],
        Thresholds = TrackThreshold.Of(progress), Events = [.. progress.Events.Select(spell => TrackEvent.Of(spell, progress))],
        Advice = [.. progress.Advice.Select(advice => new TrackAdviceText(advice.Action, TrackWords.Of(advice), advice.SavesUsd))],
        BreaksPlan = progress.BreaksPlan, Done = progress.IsDone,
    };
}
