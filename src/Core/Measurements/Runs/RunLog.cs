namespace SlmPlanner.Core.Measurements.Runs;

/// <summary>A log as read: facts, steps in order with each step once, and events.</summary>
public sealed record RunLog
{
    /// <summary>What is known of the run.</summary>
    public required RunFacts Facts { get; init; }

    /// <summary>One record for each printed step, in the order of the log. Very long logs are thinned evenly.</summary>
    public required IReadOnlyList<StepRecord> Steps { get; init; }

    /// <summary>Events in the order of the log.</summary>
    public required IReadOnlyList<RunEvent> Events { get; init; }

    /// <summary>Steps printed before thinning, each once.</summary>
    public required int PrintedSteps { get; init; }

    /// <summary>What the rate of a step counts.</summary>
    public RateKind Rate { get; init; }

    /// <summary>False where the rate may leave accumulation out, so that tokens don't follow from it.</summary>
    public bool RateCountsAll { get; init; } = true;

    /// <summary>
    /// How far the printed times and rates may be off by rounding, as a share of them: 0.005 at most where they have three digits; 0 where
    /// they have more than matter.
    /// </summary>
    public double Rounding { get; init; }

    /// <summary>What the clock of a step counts.</summary>
    public ClockKind Clock { get; init; }

    /// <summary>
    /// How many seconds the clock may be off where it tells when lines arrived and not when they were printed; 0 for a clock of the log.
    /// </summary>
    public double ArrivalTick { get; init; }

    /// <summary>True where the log says that devices share sequences, and not how many: devices don't follow from the batch.</summary>
    public bool HasUntoldSplits { get; init; }

    /// <summary>The first time stamp of the log, seconds since 1970; NaN where there is none.</summary>
    public double FirstClock { get; init; } = double.NaN;

    /// <summary>The largest peak of each kind of memory, bytes.</summary>
    public IReadOnlyDictionary<MemoryKind, double> Peaks { get; init; } = new Dictionary<MemoryKind, double>();

    /// <summary>Seconds and steps of the whole run, where the program sums them up at its end.</summary>
    public WholeRun? Whole { get; init; }

    /// <summary>Tokens over steps of a running count of tokens; NaN where the log has none.</summary>
    public double CountedTokensPerStep { get; init; } = double.NaN;

    /// <summary>Sequences over steps of a running count of sequences; NaN where the log has none.</summary>
    public double CountedSamplesPerStep { get; init; } = double.NaN;

    /// <summary>
    /// Tokens over sequences of running counts, where a log has both; below the sequence length where sequences are padded.
    /// </summary>
    public double CountedTokensPerSample { get; init; } = double.NaN;

    /// <summary>Median seconds of parts of a step, where the program times them.</summary>
    public IReadOnlyDictionary<StepPhase, double> Phases { get; init; } = new Dictionary<StepPhase, double>();

    /// <summary>Seconds of evaluations that the program states.</summary>
    public double EvaluationSeconds { get; init; }

    /// <summary>The line of the first and of the last step, from 1; 0 where there is none.</summary>
    public (long First, long Last) Lines { get; init; }

    /// <summary>What to know of its numbers, each with a number of its own.</summary>
    public IReadOnlyDictionary<RunCaveat, double> Caveats { get; init; } = new Dictionary<RunCaveat, double>();

    /// <summary>Why it holds no times although it is a training log, as a key; null where it does.</summary>
    public string? NoTimes { get; init; }
}

/// <summary>What a program says of its whole run.</summary>
/// <param name="Seconds">Seconds from first to last step, evaluation and saving included.</param>
/// <param name="Steps">Steps.</param>
public sealed record WholeRun(double Seconds, double Steps);
