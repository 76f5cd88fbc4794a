using SlmPlanner.Core.Measurements.Runs;

namespace SlmPlanner.Core.Planning.Tracking;

/// <summary>A time in which a run did not train, or trained otherwise than before.</summary>
/// <param name="Kind">What it was.</param>
/// <param name="Step">The step after which it began.</param>
/// <param name="FromSeconds">When, in seconds since the run began.</param>
/// <param name="Seconds">How long it took; for a change of speed, how much longer the steps since took.</param>
/// <param name="RedoneSeconds">For a restart: training that had to be done again.</param>
/// <param name="Ratio">For a change of speed: step time after over before; else NaN.</param>
public sealed record Spell(
    RunEventKind Kind, int Step, double FromSeconds, double Seconds, double RedoneSeconds = 0, double Ratio = double.NaN);

/// <summary>
/// What a run did with its time, from its log: training, and the rest by what it was. A clock that jumps without steps taking longer is not
/// believed.
/// </summary>
public sealed record RunTimeline
{
    private const double Jump = 5, LeastJumpSeconds = 60;

    /// <summary>Seconds since the run began, at each step of the log.</summary>
    public required IReadOnlyList<double> Elapsed { get; init; }

    /// <summary>What was not training, in order.</summary>
    public required IReadOnlyList<Spell> Spells { get; init; }

    /// <summary>Median seconds of a step over the whole run.</summary>
    public required double StepSeconds { get; init; }

    /// <summary>Seconds before the first step.</summary>
    public required double StartSeconds { get; init; }

    /// <summary>When the run began, seconds since 1970; NaN where the log has no wall clock.</summary>
    public required double Began { get; init; }

    /// <summary>Seconds from the beginning to the last step.</summary>
    public double TotalSeconds => Elapsed.Count > 0 ? Elapsed[^1] : 0;

    /// <summary>Seconds of spells of some kinds.</summary>
    public double SecondsOf(params IReadOnlyList<RunEventKind> kinds) => Spells.Where(spell => kinds.Contains(spell.Kind))
        .Sum(spell => spell.Seconds);

    /// <summary>The timeline of a log.</summary>
    /// <param name="log">The log.</param>
    /// <param name="steady">Its steady part.</param>
    /// <param name="stepSeconds">Median seconds of a step, above 0.</param>
    public static RunTimeline Of(RunLog log, SteadyState steady, double stepSeconds)
    {
        var paces = StepPaces.Of(log);
        var scale = steady.Unit == PaceUnit.InverseRate && steady.Pace is { Median: > 0 } pace ? stepSeconds / pace.Median : 1;
        var isPrinted = !ReferenceEquals(paces.Values, paces.Clock.Paces);
        var elapsed = new double[log.Steps.Count];
        var spells = new List<Spell>();
        var start = Start(log, isPrinted ? paces.Values.FirstOrDefault() * scale : double.NaN, stepSeconds);
        for (var index = 0; index < elapsed.Length; index++)
        {
            if (index == 0)
            {
                elapsed[0] = start;
                continue;
            }
            var printed = isPrinted && double.IsFinite(paces.Values[index]) ? paces.Values[index] * scale : double.NaN;
            var (seconds, spell) = Between(log, index, stepSeconds, printed);
            elapsed[index] = elapsed[index - 1] + seconds;
            if (spell is not null)
                spells.Add(spell with { FromSeconds = elapsed[index - 1] });
        }
        return new()
        {
            Elapsed = elapsed,
            Spells = spells,
            StepSeconds = stepSeconds,
            StartSeconds = start,
            Began = log.Clock == ClockKind.Wall && log.Steps.Count > 0 && double.IsFinite(log.Steps[0].Clock) ? log.Steps[0].Clock - start
                : double.NaN,
        };
    }

    private static double Start(RunLog log, double printed, double stepSeconds)
    {
        if (log.Steps.Count == 0)
            return 0;
        var first = log.Steps[0];
        var passed = log.Clock switch
        {
            ClockKind.Wall when double.IsFinite(log.FirstClock) => first.Clock - log.FirstClock,
            ClockKind.Elapsed => first.Clock,
            _ => double.NaN,
        };
        return passed is >= 0 and < 1e7 ? passed : double.IsFinite(printed) && printed < 1e5 ? printed : stepSeconds;
    }

    private static (double Seconds, Spell? Spell) Between(RunLog log, int index, double usual, double printed)
    {
        var (before, after) = (log.Steps[index - 1], log.Steps[index]);
        var passed = log.Clock is ClockKind.Wall or ClockKind.Elapsed ? after.Clock - before.Clock : double.NaN;
        if (before.Stretch != after.Stretch)
            return Restarted(log, before, after, passed, usual);
        var steps = Math.Max(0, after.Step - before.Step);
        var marked = Kind(after.Marks);
        if (!double.IsFinite(passed))
        {
            var extra = marked is not null && printed > usual ? printed - usual : 0;
            var trained = steps * (double.IsFinite(printed) && extra == 0 ? printed : usual);
            return (trained + extra, extra > 0 ? new(marked!.Value, before.Step, 0, extra) : null);
        }
        var expected = steps * (double.IsFinite(printed) && printed < usual * Jump ? printed : usual);
        if (passed < 0)
            return (expected, new(RunEventKind.ClockReset, before.Step, 0, 0));
        var more = passed - expected;
        if (marked is { } kind)
            return (passed, more > 0 ? new(kind, before.Step, 0, more) : null);
        if (more < LeastJumpSeconds || passed < Jump * expected)
            return (passed, null);
        return double.IsFinite(printed) && printed < usual * Jump
            ? (expected, new(RunEventKind.ClockReset, before.Step, 0, 0))
            : (passed, new(RunEventKind.Gap, before.Step, 0, more));
    }

    private static (double, Spell?) Restarted(RunLog log, StepRecord before, StepRecord after, double passed, double usual)
    {
        var lost = log.Clock == ClockKind.Elapsed && !(passed >= 0) ? after.Clock : passed;
        var seconds = double.IsFinite(lost) && lost >= 0 ? lost : usual;
        return (seconds, new(RunEventKind.Restart, before.Step, 0, seconds, Math.Max(0, before.Step - after.Step) * usual));
    }

    private static RunEventKind? Kind(StepMarks marks) =>
        (marks & StepMarks.Evaluation) != 0 ? RunEventKind.Evaluation
        : (marks & StepMarks.Checkpoint) != 0 ? RunEventKind.Checkpoint
        : (marks & StepMarks.Compilation) != 0 ? RunEventKind.Compilation : null;
}
