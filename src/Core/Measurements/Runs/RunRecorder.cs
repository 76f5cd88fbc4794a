namespace SlmPlanner.Core.Measurements.Runs;

/// <summary>
/// Takes what a reader finds in a log, line by line in bounded memory. A step that several ranks print counts once, with what the lowest
/// rank says; when the program starts again, a new stretch begins.
/// </summary>
public sealed class RunRecorder
{
    /// <summary>Steps kept; beyond that every second one goes.</summary>
    public const int MostSteps = 1 << 18;

    private const int MostEvents = 1 << 14;
    private const int Window = 64;

    private readonly List<StepRecord> _steps = [];
    private readonly List<RunEvent> _events = [];
    private readonly Dictionary<MemoryKind, double> _peaks = [];
    private readonly RunningCount _tokens = new(), _samples = new();
    private readonly SortedDictionary<RunCaveat, double> _caveats = [];
    private readonly SortedDictionary<StepPhase, List<double>> _phases = [];
    private readonly string _place;
    private StepMarks _pending = StepMarks.Start;
    private int _stride = 1, _printed, _stretch, _devices;
    private bool _announced;
    private int _lastRank = -1;
    private bool _isLossKnown = true, _hasTimes, _hasUntoldSplits;
    private (long First, long Last) _lines;
    private WholeRun? _whole;

    /// <summary>A recorder for one run.</summary>
    /// <param name="place">The log's name, as the place of its facts.</param>
    public RunRecorder(string place) => _place = place;

    /// <summary>What is known so far.</summary>
    public RunFacts Facts { get; } = new();

    /// <summary>What the rates count.</summary>
    public RateKind Rate { get; set; }

    /// <summary>False where the rates may leave accumulation out.</summary>
    public bool RateCountsAll { get; set; } = true;

    /// <summary>How far printed times and rates may be off by rounding, as a share.</summary>
    public double Rounding { get; set; }

    /// <summary>What the clock counts.</summary>
    public ClockKind Clock { get; set; }

    /// <summary>The first time stamp of the log.</summary>
    public double FirstClock { get; set; } = double.NaN;

    /// <summary>The line being read, from 1.</summary>
    public long Line { get; set; }

    /// <summary>The rank that a launcher says printed the line being read; -1 where none says so.</summary>
    public int Rank { get; set; } = -1;

    /// <summary>
    /// When the line being read arrived, by the stamp that a container's runtime put beside it, seconds since 1970; NaN where there is
    /// none. It is the clock of logs whose lines have no times.
    /// </summary>
    public double Arrival { get; set; } = double.NaN;

    /// <summary>Why the log holds no times, as a key.</summary>
    public string? NoTimes { get; set; }

    /// <summary>The last step printed; -1 before the first.</summary>
    public int LastStep { get; private set; } = -1;

    /// <summary>Whether the log is still before its steps, where headers stand.</summary>
    public bool InHeader => _printed < Window;

    /// <summary>Keeps a fact that the log states.</summary>
    public void Fact(RunField field, string value) => Facts.Set(field, value, FactSource.Log, _place);

    /// <summary>Keeps a positive number that the log states.</summary>
    public void Fact(RunField field, double value) => Facts.Set(field, value, FactSource.Log, _place);

    /// <summary>Keeps a positive number that follows from other fields of the log.</summary>
    public void Derived(RunField field, double value) => Facts.Set(field, value, FactSource.Derived, _place);

    /// <summary>Keeps a fact that follows from other fields of the log, or that a better one may replace.</summary>
    public void Derived(RunField field, string value) => Facts.Set(field, value, FactSource.Derived, _place);

    /// <summary>Keeps that devices share sequences, of which the log does not say how many.</summary>
    public void UntoldSplits() => _hasUntoldSplits = true;

    /// <summary>Keeps how many devices the machine shows: as many as the run has, where it does not say.</summary>
    public void Devices(int count) => _devices = Math.Max(_devices, count);

    /// <summary>Keeps a peak of memory; the largest counts.</summary>
    public void Memory(MemoryKind kind, double bytes)
    {
        if (double.IsFinite(bytes) && bytes >= 1)
            _peaks[kind] = Math.Max(bytes, _peaks.GetValueOrDefault(kind));
    }

    /// <summary>Keeps how long a part of a step took, seconds.</summary>
    public void Phase(StepPhase phase, double seconds)
    {
        if (!(seconds >= 0) || !double.IsFinite(seconds))
            return;
        if (!_phases.TryGetValue(phase, out var seen))
            _phases[phase] = seen = [];
        if (seen.Count < MostEvents)
            seen.Add(seconds);
    }

    /// <summary>Keeps what to know of the numbers; of several the largest number counts.</summary>
    public void Caveat(RunCaveat caveat, double number)
    {
        if (number > 0 && double.IsFinite(number))
            _caveats[caveat] = Math.Max(number, _caveats.GetValueOrDefault(caveat));
    }

    /// <summary>Keeps a running count of tokens.</summary>
    public void Tokens(int step, double tokens) => _tokens.Add(step, tokens);

    /// <summary>What that count grows by in a step; NaN while that is not known.</summary>
    public double TokensPerStep => _tokens.PerStep;

    /// <summary>Keeps a running count of sequences.</summary>
    public void Samples(int step, double samples) => _samples.Add(step, samples);

    /// <summary>Keeps what the program sums up at its end.</summary>
    public void Whole(double seconds, double steps)
    {
        if (seconds > 0 && double.IsFinite(seconds) && steps >= 1 && double.IsFinite(steps))
            _whole = new(seconds, steps);
    }

    /// <summary>Keeps an event and marks the next step with it.</summary>
    public void Event(RunEventKind kind, double clock = double.NaN, double seconds = double.NaN)
    {
        _pending |= kind switch
        {
            RunEventKind.Evaluation => StepMarks.Evaluation,
            RunEventKind.Checkpoint => StepMarks.Checkpoint,
            RunEventKind.Compilation => StepMarks.Compilation,
            RunEventKind.Restart => StepMarks.Start,
            _ => StepMarks.None,
        };
        if (kind == RunEventKind.Restart && LastStep >= 0)
        {
            _announced = true;
            return;
        }
        var known = _events.FindLastIndex(happened => happened.Step != LastStep || happened.Kind == kind);
        if (known >= 0 && _events[known].Step == LastStep)
            _events[known] = _events[known] with { Seconds = double.IsNaN(_events[known].Seconds) ? seconds : _events[known].Seconds };
        else if (kind != RunEventKind.Restart && _events.Count < MostEvents)
            _events.Add(new(kind, LastStep, clock, seconds));
    }

    /// <summary>True for the last step, told whole by the same or a lower rank: another rank's line of it adds nothing.</summary>
    public bool Knows(int step, int rank) =>
        step == LastStep && !_announced && _lastRank >= 0 && rank >= _lastRank && _isLossKnown;

    /// <summary>
    /// True for a step of a very long log of which nothing but its number would be kept: it is taken, and need not be read further.
    /// </summary>
    public bool Passes(int step, int rank)
    {
        if (step <= LastStep || _announced || _pending != StepMarks.None || _printed % _stride == 0)
            return false;
        (LastStep, _lastRank, _lines.Last) = (step, rank, Line);
        _printed++;
        return true;
    }

    /// <summary>Keeps a step, unless another rank has printed it.</summary>
    public void Step(in StepRecord record)
    {
        if (record.Step < 0 || IsCopy(record))
            return;
        var clock = ClockOf(record);
        if (LastStep >= 0 && (record.Step <= LastStep || _announced))
        {
            _stretch++;
            _pending |= StepMarks.Start;
            if (_events.Count < MostEvents)
                _events.Add(new(RunEventKind.Restart, LastStep, record.Clock));
        }
        _announced = false;
        _lines = (_lines.First == 0 ? Line : _lines.First, Line);
        (LastStep, _lastRank, _isLossKnown) = (record.Step, record.Rank, float.IsFinite(record.Loss));
        if (_printed++ % _stride == 0 || _pending != StepMarks.None)
            _steps.Add(record with { Clock = clock, Marks = record.Marks | _pending, Stretch = _stretch });
        _pending = StepMarks.None;
        if (_steps.Count >= MostSteps)
            Thin();
    }

    /// <summary>The log as read.</summary>
    public RunLog Done()
    {
        Derived(RunField.Gpus, _devices);
        return Log();
    }

    /// <summary>The log so far, of a run that goes on.</summary>
    public RunLog Log()
    {
        var tick = _hasTimes ? 0 : ArrivalTicks.Of(_steps);
        _caveats.Remove(RunCaveat.ArrivalClock);
        Caveat(RunCaveat.ArrivalClock, tick);
        return Log(tick);
    }

    private RunLog Log(double arrivalTick) => new()
    {
        Facts = Facts,
        Steps = [.. _steps],
        Events = [.. _events],
        PrintedSteps = _printed,
        Rate = Rate,
        RateCountsAll = RateCountsAll,
        Rounding = Rounding,
        Clock = arrivalTick > 0 ? ClockKind.Wall : Clock,
        ArrivalTick = arrivalTick,
        HasUntoldSplits = _hasUntoldSplits,
        FirstClock = FirstClock,
        Peaks = new Dictionary<MemoryKind, double>(_peaks),
        Whole = _whole,
        CountedTokensPerStep = _tokens.PerStep,
        CountedSamplesPerStep = _samples.PerStep,
        CountedTokensPerSample = _tokens.PerStep / _samples.PerStep,
        Caveats = new Dictionary<RunCaveat, double>(_caveats),
        Phases = _phases.ToDictionary(phase => phase.Key, phase => MedianBand.At([.. phase.Value.Order()], 0.5)),
        EvaluationSeconds = _events.Where(happened => happened.Kind == RunEventKind.Evaluation && happened.Seconds > 0)
            .Sum(happened => happened.Seconds),
        Lines = _lines,
        NoTimes = arrivalTick > 0 ? null : NoTimes,
    };

    /// <summary>
    /// A step's own clock, or while no step has told any time, when its line arrived. Once one tells a time the arrivals are forgotten.
    /// </summary>
    private double ClockOf(in StepRecord record)
    {
        var tells = record.Seconds > 0 || record.Rate > 0 || double.IsFinite(record.Clock);
        if (tells && !_hasTimes)
            for (var index = 0; index < _steps.Count; index++)
                _steps[index] = _steps[index] with { Clock = double.NaN };
        _hasTimes |= tells;
        return _hasTimes ? record.Clock : Arrival;
    }

    /// <summary>
    /// True for a step that another rank has printed in this stretch a little earlier; of two ranks the lower one's record is kept.
    /// A line printed twice in a row is a copy too; the same rank going back is the program started again.
    /// </summary>
    private bool IsCopy(in StepRecord record)
    {
        if (record.Step > LastStep)
            return false;
        if (_announced)
            return false;
        for (var index = _steps.Count - 1; index >= 0 && index >= _steps.Count - Window && _steps[index].Stretch == _stretch; index--)
        {
            var kept = _steps[index];
            if (kept.Step != record.Step)
                continue;
            if (record.Step < LastStep && (record.Rank < 0 || record.Rank == kept.Rank))
                return false;
            if (record.Rank >= 0 && record.Rank < kept.Rank)
            {
                var loss = float.IsFinite(record.Loss) ? record.Loss : kept.Loss;
                _steps[index] = record with { Loss = loss, Marks = kept.Marks, Stretch = kept.Stretch };
                _lastRank = record.Step == LastStep ? record.Rank : _lastRank;
            }
            else if (!float.IsFinite(kept.Loss))
                _steps[index] = kept with { Loss = record.Loss };
            _isLossKnown |= record.Step == LastStep && float.IsFinite(record.Loss);
            return true;
        }
        return record.Step == LastStep || (record.Rank > 0 && _stride > 1 && LastStep - record.Step < Window * _stride);
    }

    private void Thin()
    {
        var kept = 0;
        for (var index = 0; index < _steps.Count; index++)
            if (index % 2 == 0 || _steps[index].Marks != StepMarks.None)
                _steps[kept++] = _steps[index];
        _steps.RemoveRange(kept, _steps.Count - kept);
        _stride *= 2;
        if (_steps.Count > MostSteps * 3 / 4)
            _steps.RemoveRange(0, _steps.Count / 2);
    }
}
