using System.Globalization;
using SlmPlanner.Core.Measurements.Runs;

namespace SlmPlanner.Presentation.Runs;

/// <summary>What happened in a run.</summary>
/// <param name="Kind">What.</param>
/// <param name="Step">After which step; null before the first.</param>
/// <param name="At">When, on the log's wall clock; null where it has none.</param>
/// <param name="Seconds">How long it took; null where the log does not say.</param>
/// <param name="Ratio">For a change of speed: step time after it over step time before it.</param>
public sealed record LearnedEvent(RunEventKind Kind, int? Step, string? At, double? Seconds, double? Ratio)
{
    private const int Most = 500;

    /// <summary>The events of a run in the order of their steps.</summary>
    public static IReadOnlyList<LearnedEvent> Of(RunLog? log, SteadyState? steady) =>
        log is null ? [] : [.. log.Events.Concat(steady?.Changes ?? []).OrderBy(happened => happened.Step).Take(Most)
            .Select(happened => Of(happened, log.Clock))];

    private static LearnedEvent Of(RunEvent happened, ClockKind clock) => new(
        happened.Kind,
        happened.Step >= 0 ? happened.Step : null,
        clock == ClockKind.Wall && happened.Clock is > 0 and < 1e11
            ? DateTime.UnixEpoch.AddSeconds(happened.Clock).ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture) : null,
        double.IsFinite(happened.Seconds) ? happened.Seconds : null,
        double.IsFinite(happened.Ratio) ? happened.Ratio : null);
}

/// <summary>The training loss at a step.</summary>
/// <param name="Step">The step.</param>
/// <param name="Loss">The loss.</param>
public sealed record LossPoint(int Step, double Loss)
{
    private const int Most = 200;

    /// <summary>The losses of a run, evenly thinned.</summary>
    public static IReadOnlyList<LossPoint> Of(RunLog? log)
    {
        StepRecord[] told = [.. log?.Steps.Where(step => float.IsFinite(step.Loss)) ?? []];
        var stride = Math.Max(1, (told.Length + Most - 1) / Most);
        return [.. told.Where((_, index) => index % stride == 0)
            .Select(step => new LossPoint(step.Step, Math.Round((double)step.Loss, 6)))];
    }
}
