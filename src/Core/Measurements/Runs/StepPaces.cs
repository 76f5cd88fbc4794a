namespace SlmPlanner.Core.Measurements.Runs;

/// <summary>What a pace is measured in.</summary>
public enum PaceUnit
{
    /// <summary>There is no pace.</summary>
    None,

    /// <summary>Seconds of a step.</summary>
    Seconds,

    /// <summary>The inverse of the log's rate.</summary>
    InverseRate,
}

/// <summary>
/// The pace of each step of a log: seconds of a step where the log prints them, else the inverse of its rate, else what the clock moved
/// on over the steps between two lines. NaN where a line tells none.
/// </summary>
internal sealed class StepPaces
{
    private StepPaces(PaceUnit unit, double[] values, ClockPaces clock) => (Unit, Values, Clock) = (unit, values, clock);

    /// <summary>What the paces are measured in.</summary>
    public PaceUnit Unit { get; }

    /// <summary>The paces, one for each record.</summary>
    public double[] Values { get; }

    /// <summary>The paces by the clock alone.</summary>
    public ClockPaces Clock { get; }

    /// <summary>The first record that the pace of a record covers.</summary>
    public int Start(int index) => ReferenceEquals(Values, Clock.Paces) ? Clock.Starts[index] : index;

    /// <summary>The paces of a log.</summary>
    public static StepPaces Of(RunLog log)
    {
        var steps = log.Steps;
        var direct = steps.Count(step => step.Seconds > 0);
        var rated = log.Rate == RateKind.None ? 0 : steps.Count(step => step.Rate > 0);
        var clock = ByClock(log);
        if (direct > 0 && direct >= rated / 2)
            return new(PaceUnit.Seconds, [.. steps.Select(step => Positive(step.Seconds))], clock);
        if (rated > 0)
            return new(PaceUnit.InverseRate, [.. steps.Select(step => 1 / Positive(step.Rate))], clock);
        return new(clock.Paces.Any(double.IsFinite) ? PaceUnit.Seconds : PaceUnit.None, clock.Paces, clock);
    }

    /// <summary>
    /// Seconds of a step by the clock alone. A clock that ticks coarsely is read only where it has just moved on, and over long enough for
    /// a tick to matter little: what happened within such a window counts for its last record. Where lines arrive in bursts, the first of
    /// a burst is where the clock has moved on.
    /// </summary>
    public static ClockPaces ByClock(RunLog log)
    {
        var count = log.Steps.Count;
        var (paces, starts, resets) = (new double[count], new int[count], new List<int>());
        Array.Fill(paces, double.NaN);
        var least = log.Clock == ClockKind.None ? 0 : Window(log.Steps, log.ArrivalTick);
        for (int index = 0, from = 0; index < count; index++)
        {
            starts[index] = index;
            if (index == 0 || log.Clock == ClockKind.None)
                continue;
            var (start, before, after) = (log.Steps[from], log.Steps[index - 1], log.Steps[index]);
            var passed = after.Clock - start.Clock;
            if (start.Stretch != after.Stretch || after.Step <= start.Step || !double.IsFinite(passed))
                from = index;
            else if (after.Clock < before.Clock)
            {
                resets.Add(index);
                from = index;
            }
            else if (passed > 0 && passed >= least && after.Clock > before.Clock + log.ArrivalTick / 2)
            {
                paces[index] = passed / (after.Step - start.Step);
                starts[index] = from + 1;
                from = index;
            }
        }
        return new(paces, starts, resets);
    }

    /// <summary>Seconds, hours of four digits, milliseconds.</summary>
    private static readonly double[] Ticks = [1, 0.36, 1e-3];

    /// <summary>
    /// Seconds of a window: a hundred ticks, but at most a tenth and at least a thirtieth of the longest stretch. A clock that ticks in
    /// fractions of milliseconds needs none.
    /// </summary>
    private static double Window(IReadOnlyList<StepRecord> steps, double arrivalTick)
    {
        var tick = Math.Max(arrivalTick, Ticks.FirstOrDefault(tick => Enumerable.All(steps, step => IsMultiple(step.Clock, tick))));
        double longest = 0, start = double.NaN;
        for (var index = 0; index < steps.Count && tick > 0; index++)
        {
            if (index == 0 || steps[index].Stretch != steps[index - 1].Stretch || !(steps[index].Clock >= steps[index - 1].Clock))
                start = steps[index].Clock;
            longest = Math.Max(longest, steps[index].Clock - start);
        }
        if (tick == 0)
            return 0;
        return Math.Max(longest / 30, Math.Min(longest / 10, 100 * tick));
    }

    private static bool IsMultiple(double clock, double tick) =>
        !double.IsFinite(clock) || Math.Abs(clock / tick - Math.Round(clock / tick)) < 1e-3;

    private static double Positive(float value) => value > 0 && float.IsFinite(value) ? value : double.NaN;
}

/// <summary>Seconds of a step by a log's clock.</summary>
/// <param name="Paces">The paces, one for each record; NaN where none ends there.</param>
/// <param name="Starts">The first record that each covers.</param>
/// <param name="Resets">Records at which the clock went back within a stretch.</param>
internal sealed record ClockPaces(double[] Paces, int[] Starts, IReadOnlyList<int> Resets);
