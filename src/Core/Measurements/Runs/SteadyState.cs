namespace SlmPlanner.Core.Measurements.Runs;

/// <summary>
/// The steady part of a run: what is left when start-up, compilation, clock resets, evaluation, checkpoints and stretches with another
/// batch are set aside. They stay in the log, as they cost money too.
/// </summary>
public sealed record SteadyState
{
    private const double SettledWithin = 1.15;
    private const int FewestClean = 3;

    /// <summary>The pace with its interval; null where the log tells none.</summary>
    public required MedianBand? Pace { get; init; }

    /// <summary>What the pace is measured in.</summary>
    public required PaceUnit Unit { get; init; }

    /// <summary>Lines of steady steps.</summary>
    public required int Count { get; init; }

    /// <summary>Lines set aside, by what they hold.</summary>
    public required IReadOnlyDictionary<StepMarks, int> SetAside { get; init; }

    /// <summary>Sequences per step in the steady part; NaN where the log does not say.</summary>
    public double Batch { get; init; } = double.NaN;

    /// <summary>Share of a step spent waiting for data; NaN where the log does not say.</summary>
    public double DataShare { get; init; } = double.NaN;

    /// <summary>Median MFU as printed, a share; NaN where none was.</summary>
    public double PrintedMfu { get; init; } = double.NaN;

    /// <summary>The last loss; NaN where none was printed.</summary>
    public double LastLoss { get; init; } = double.NaN;

    /// <summary>Median seconds of a step by the clock alone; NaN where there is none.</summary>
    public double ClockSeconds { get; init; } = double.NaN;

    /// <summary>The same with its interval; null likewise.</summary>
    public MedianBand? ClockPace { get; init; }

    /// <summary>Lasting changes of speed, and resets of the clock.</summary>
    public required IReadOnlyList<RunEvent> Changes { get; init; }

    /// <summary>True where the pace is that of the whole run, evaluation and saving included.</summary>
    public bool IsWholeRun { get; init; }

    /// <summary>The indices of the steady records.</summary>
    internal IReadOnlyList<int> Steady { get; init; } = [];

    /// <summary>The steady part of a log.</summary>
    public static SteadyState Of(RunLog log)
    {
        var paces = StepPaces.Of(log);
        var (batch, sameBatch) = UsualBatch(log.Steps);
        var marks = new StepMarks[log.Steps.Count];
        for (var index = 0; index < marks.Length; index++)
            for (var covered = paces.Start(index); covered <= index; covered++)
                marks[index] |= log.Steps[covered].Marks;
        MarkStart(log.Steps, paces.Values, marks);
        int[] told = [.. Enumerable.Range(0, marks.Length).Where(index => double.IsFinite(paces.Values[index]) && sameBatch(index))];
        int[] clean = [.. told.Where(index => marks[index] == StepMarks.None)];
        var steady = clean.Length >= Math.Min(FewestClean, told.Length) ? clean
            : [.. told.Where(index => (marks[index] & StepMarks.Start) == 0)];
        if (steady.Length == 0)
            steady = told;
        var whole = WholePace(log);
        var isWhole = steady.Length == 0 && whole is not null;
        var clock = paces.Clock.Paces;
        double[] clocked = [.. clean.Select(index => clock[index]).Where(double.IsFinite)];
        return new()
        {
            Pace = steady.Length > 0 ? Band(paces, [.. steady.Select(index => paces.Values[index])], log) : whole,
            Unit = isWhole ? PaceUnit.Seconds : paces.Unit,
            // A long log is thinned: each record kept stands for as many steps as were printed for it.
            Count = (int)Math.Round(steady
                .Sum(index => index - paces.Start(index) + 1.0) * log.PrintedSteps / Math.Max(1, log.Steps.Count)),
            SetAside = marks.Where(mark => mark != StepMarks.None).GroupBy(mark => mark)
                .ToDictionary(group => group.Key, group => group.Count()),
            Batch = batch,
            DataShare = Median(steady.Where(index => log.Steps[index].DataSeconds >= 0)
                .Select(index => log.Steps[index].DataSeconds / (paces.Unit == PaceUnit.Seconds ? paces.Values[index] : clock[index]))),
            PrintedMfu = Median(steady.Select(index => (double)log.Steps[index].Mfu).Where(mfu => mfu > 0)),
            LastLoss = log.Steps.LastOrDefault(step => float.IsFinite(step.Loss), new StepRecord(0)).Loss,
            ClockSeconds = Median(clocked),
            ClockPace = clocked.Length > 0 ? MedianBand.OfTicks(clocked) : null,
            Changes = [.. ChangePoints.Of(log.Steps, paces.Values, steady), .. paces.Clock.Resets.Select(index =>
                new RunEvent(RunEventKind.ClockReset, log.Steps[index].Step, log.Steps[index].Clock))],
            IsWholeRun = isWhole,
            Steady = steady,
        };
    }

    /// <summary>
    /// The whole run's seconds over its steps. What it holds beside training is not known but for the evaluations that the log times: with
    /// those taken off it is the interval's lower end.
    /// </summary>
    private static MedianBand? WholePace(RunLog log)
    {
        if (log.Whole is not { } whole)
            return null;
        var seconds = whole.Seconds / whole.Steps;
        return new(seconds, Math.Max(whole.Seconds - log.EvaluationSeconds, whole.Seconds / 2) / whole.Steps, seconds, 1);
    }

    /// <summary>
    /// Marks the first line of each stretch, and those after it that are slower than the rest by more than what is usual.
    /// </summary>
    private static void MarkStart(IReadOnlyList<StepRecord> steps, double[] paces, StepMarks[] marks)
    {
        for (int start = 0, end; start < steps.Count; start = end)
        {
            end = start + 1;
            while (end < steps.Count && steps[end].Stretch == steps[start].Stretch)
                end++;
            double[] later = [.. paces.AsSpan(start + (end - start) / 3, end - start - (end - start) / 3).ToArray()
                .Where(double.IsFinite).Order()];
            if (later.Length == 0)
                continue;
            var settled = MedianBand.At(later, 0.5) * SettledWithin;
            var last = start + Math.Max(1, (end - start) / 3);
            for (var index = start; index < last && (index == start || !(paces[index] <= settled)); index++)
                marks[index] |= StepMarks.Start;
        }
    }

    private static (double Batch, Func<int, bool> IsIt) UsualBatch(IReadOnlyList<StepRecord> steps)
    {
        var usual = steps.Where(step => step.Batch > 0).GroupBy(step => step.Batch).MaxBy(group => group.Count())?.Key ?? float.NaN;
        return (usual, index => float.IsNaN(usual) || !(steps[index].Batch > 0) || Math.Abs(steps[index].Batch - usual) < 0.5f);
    }

    /// <summary>
    /// The band of paces. Numbers that are rounded alike are no surer for being many, and a clock of arrivals may be off by a tick at
    /// both ends.
    /// </summary>
    private static MedianBand Band(StepPaces paces, double[] values, RunLog log)
    {
        if (!ReferenceEquals(paces.Values, paces.Clock.Paces))
            return Widened(MedianBand.Of(values), log.Rounding);
        var span = log.Steps.Count == 0 ? 0 : log.Steps[^1].Clock - log.Steps[0].Clock;
        return Widened(MedianBand.OfTicks(values), span > 0 ? Math.Min(0.5, 2 * log.ArrivalTick / span) : 0);
    }

    private static MedianBand Widened(MedianBand band, double share) =>
        band with { Low = band.Low * (1 - share), High = band.High * (1 + share) };

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Where(double.IsFinite).Order()];
        return sorted.Length == 0 ? double.NaN : MedianBand.At(sorted, 0.5);
    }
}
