namespace SlmPlanner.Core.Measurements.Runs;

/// <summary>Several logs of one run: parts that follow each other, or copies of one part by other ranks.</summary>
public static class RunLogs
{
    /// <summary>One log of several. A log that tells the same steps at the same time as one before it is a copy, and left out.</summary>
    /// <param name="logs">At least one, in the order of their names.</param>
    public static RunLog Merge(IReadOnlyList<RunLog> logs)
    {
        if (logs.Count == 1)
            return logs[0];
        var kept = new List<RunLog>();
        foreach (var log in logs.Where(log => log.Steps.Count > 0).OrderBy(Start).DefaultIfEmpty(logs[0]))
            if (!kept.Exists(other => IsCopy(other, log)))
                kept.Add(log);
        var facts = new RunFacts();
        foreach (var log in logs)
            facts.Add(log.Facts);
        var steps = new List<StepRecord>();
        var stretch = 0;
        foreach (var log in kept)
        {
            steps.AddRange(log.Steps.Select(step => step with { Stretch = step.Stretch + stretch }));
            stretch = steps.Count > 0 ? steps[^1].Stretch + 1 : 0;
        }
        return kept[0] with
        {
            Facts = facts,
            Steps = steps,
            Events = [.. kept.SelectMany((log, index) => index == 0 ? log.Events
                : log.Events.Prepend(new(RunEventKind.Restart, kept[index - 1].Steps[^1].Step, log.Steps[0].Clock)))],
            PrintedSteps = kept.Sum(log => log.PrintedSteps),
            Rate = kept.Select(log => log.Rate).FirstOrDefault(rate => rate != RateKind.None),
            Clock = kept.Select(log => log.Clock).FirstOrDefault(clock => clock != ClockKind.None),
            Peaks = logs.SelectMany(log => log.Peaks).GroupBy(peak => peak.Key)
                .ToDictionary(group => group.Key, group => group.Max(peak => peak.Value)),
            Whole = kept.Select(log => log.Whole).FirstOrDefault(whole => whole is not null),
            CountedTokensPerStep = First(kept, log => log.CountedTokensPerStep),
            CountedSamplesPerStep = First(kept, log => log.CountedSamplesPerStep),
            CountedTokensPerSample = First(kept, log => log.CountedTokensPerSample),
            Phases = kept.Select(log => log.Phases).MaxBy(phases => phases.Count)!,
            Caveats = kept.SelectMany(log => log.Caveats).GroupBy(caveat => caveat.Key)
                .ToDictionary(group => group.Key, group => group.Max(caveat => caveat.Value)),
            EvaluationSeconds = kept.Sum(log => log.EvaluationSeconds),
            HasUntoldSplits = logs.Any(log => log.HasUntoldSplits),
            NoTimes = kept.All(log => log.NoTimes is not null) ? kept[0].NoTimes : null,
        };
    }

    private static double Start(RunLog log) => log.Clock == ClockKind.Wall && double.IsFinite(log.Steps[0].Clock) ? log.Steps[0].Clock
        : log.Steps[0].Step;

    private static bool IsCopy(RunLog one, RunLog other) =>
        one.Steps[0].Step == other.Steps[0].Step && one.Steps[^1].Step == other.Steps[^1].Step
        && (one.Clock != ClockKind.Wall || other.Clock != ClockKind.Wall || Math.Abs(one.Steps[0].Clock - other.Steps[0].Clock) < 60);

    private static double First(List<RunLog> logs, Func<RunLog, double> value) => logs.Select(value)
        .FirstOrDefault(double.IsFinite, double.NaN);
}
