using SlmPlanner.Core.Measurements.Runs;
using SlmPlanner.Data.Logs.Formats;

namespace SlmPlanner.Data.Logs;

/// <summary>Logs of one folder that tell the same run in two forms, as a console log and event files do: it must count once.</summary>
public static class RunTwins
{
    private const double SameWithinSeconds = 180;

    /// <summary>The runs of a folder, each once, with the form that tells most; what is no log is left out where there is a log.</summary>
    public static IReadOnlyList<ObservedRun> Once(IReadOnlyList<ObservedRun> runs)
    {
        ObservedRun[] told = [.. runs.Where(run => run.Logged.Log is not null)];
        if (told.Length == 0)
            return runs;
        var kept = new List<ObservedRun>();
        foreach (var run in told.OrderBy(run => run.Missing.Count).ThenByDescending(run => run.Steady?.Count ?? 0))
            if (!kept.Exists(other => AreOne(other, run)))
                kept.Add(run);
        return [.. told.Where(kept.Contains)];
    }

    /// <summary>
    /// Runs of MLflow have ids of their own: two are never one. The history of the Hugging Face Trainer has no clock: it is that of a
    /// console log with the same last step.
    /// </summary>
    private static bool AreOne(ObservedRun one, ObservedRun other)
    {
        var (left, right) = (one.Logged.Log!, other.Logged.Log!);
        if (one.Logged.Format == LogFormat.Mlflow && other.Logged.Format == LogFormat.Mlflow)
            return false;
        if (IsHistory(one) != IsHistory(other))
            return left.Steps.Count > 0 && right.Steps.Count > 0 && left.Steps[^1].Step == right.Steps[^1].Step;
        return AreOne(left, right);
    }

    private static bool IsHistory(ObservedRun run) => run.Logged.Format == LogFormat.HuggingFaceJson;

    private static bool AreOne(RunLog one, RunLog other) =>
        one.Clock == ClockKind.Wall && other.Clock == ClockKind.Wall && one.Steps is [var first, .., var last]
        && other.Steps is [var start, .., var end]
        && Math.Abs(first.Clock - start.Clock) < SameWithinSeconds && Math.Abs(last.Clock - end.Clock) < SameWithinSeconds;
}
