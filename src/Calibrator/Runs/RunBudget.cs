using SlmPlanner.Core;

namespace SlmPlanner.Calibrator.Runs;

/// <summary>The time that a run may take, from minutes or from money.</summary>
internal sealed class RunBudget
{
    private const double ReportSeconds = 6;
    private const double DefaultMinutes = 5;
    private const double LeastMinutes = 0.2;
    private const double MostMinutes = 7 * 24 * 60;
    private readonly TimeProvider _clock;
    private readonly long _start;

    /// <summary>Starts the clock.</summary>
    public RunBudget(double seconds, TimeProvider clock)
    {
        (Seconds, _clock) = (seconds, clock);
        _start = clock.GetTimestamp();
    }

    /// <summary>The whole budget.</summary>
    public double Seconds { get; }

    /// <summary>Time used.</summary>
    public double UsedSeconds => _clock.GetElapsedTime(_start).TotalSeconds;

    /// <summary>Time left for bursts: what is needed for the fit and the report is kept back.</summary>
    public double LeftSeconds => Seconds - ReportSeconds - UsedSeconds;

    /// <summary>Seconds from the options of the command line.</summary>
    /// <exception cref="InputException">Options that exclude each other, or a value out of range.</exception>
    public static double SecondsOf(double? minutes, double? usd, double? usdPerHour)
    {
        if (minutes is not null && usd is not null)
            throw new InputException("--budget-minutes and --budget-usd exclude each other");
        if (usd is not null && usdPerHour is not > 0)
            throw new InputException("--budget-usd needs --usd-per-hour, a price above 0");
        var wanted = usd is { } money ? money / usdPerHour!.Value * 60 : minutes ?? DefaultMinutes;
        if (!(wanted >= LeastMinutes && wanted <= MostMinutes))
            throw new InputException($"the budget is {wanted:0.###} minutes; {LeastMinutes} to {MostMinutes} is allowed");
        return wanted * 60;
    }
}
