using SlmPlanner.Core.Measurements.Runs;

namespace SlmPlanner.Core.Planning.Tracking;

/// <summary>How far a run is, what it has cost and what it will, against its plan. Where nothing can be said, null.</summary>
public sealed record RunProgress
{
    /// <summary>Steps done.</summary>
    public required int StepsDone { get; init; }

    /// <summary>Steps of the whole run.</summary>
    public required int StepsTotal { get; init; }

    /// <summary>Tokens done.</summary>
    public required double TokensDone { get; init; }

    /// <summary>Tokens per second of all devices now, with its interval.</summary>
    public required Band TokensPerSecond { get; init; }

    /// <summary>The same as planned.</summary>
    public required Band PlannedTokensPerSecond { get; init; }

    /// <summary>Hours so far, pauses included.</summary>
    public required double ElapsedHours { get; init; }

    /// <summary>When the run began, seconds since 1970; null where the log has no wall clock.</summary>
    public required double? Began { get; init; }

    /// <summary>USD so far.</summary>
    public required double SpentUsd { get; init; }

    /// <summary>Hours from start to end.</summary>
    public required Band FinishHours { get; init; }

    /// <summary>USD in the end.</summary>
    public required Band FinalCostUsd { get; init; }

    /// <summary>Budget that it is held against.</summary>
    public double? BudgetUsd { get; init; }

    /// <summary>Hours that it is held against.</summary>
    public double? DeadlineHours { get; init; }

    /// <summary>Probability to keep the budget; null without one.</summary>
    public double? WithinBudget { get; init; }

    /// <summary>Probability to keep the deadline; null without one.</summary>
    public double? WithinDeadline { get; init; }

    /// <summary>Training loss at the end.</summary>
    public Band? FinalLoss { get; init; }

    /// <summary>What happened, in order.</summary>
    public required IReadOnlyList<Spell> Events { get; init; }

    /// <summary>How it went so far, for drawing.</summary>
    public IReadOnlyList<CoursePoint> Course { get; init; } = [];

    /// <summary>USD of an hour.</summary>
    public required double UsdPerHour { get; init; }

    /// <summary>Share of a step spent waiting for data; null where the log does not say.</summary>
    public double? DataShare { get; init; }

    /// <summary>Share of the time so far that went into each thing beside training.</summary>
    public required IReadOnlyDictionary<RunEventKind, double> Shares { get; init; }

    /// <summary>Where time goes against the plan, as far as the log tells.</summary>
    public IReadOnlyList<TrackedTerm> Terms { get; init; } = [];

    /// <summary>What to do.</summary>
    public IReadOnlyList<Advice> Advice { get; init; } = [];

    /// <summary>True where the forecast breaks the budget, the deadline or, without either, the plan's own upper end of cost.</summary>
    public required bool BreaksPlan { get; init; }

    /// <summary>True where all steps are done.</summary>
    public bool IsDone => StepsDone >= StepsTotal;
}
