using System.Globalization;
using SlmPlanner.Core.Measurements.Runs;
using SlmPlanner.Core.Planning.Tracking;

namespace SlmPlanner.Presentation.Runs;

/// <summary>A number with its 90 % interval.</summary>
/// <param name="Low">Lower end.</param>
/// <param name="Median">Median.</param>
/// <param name="High">Upper end.</param>
public sealed record TrackBand(double Low, double Median, double High)
{
    /// <summary>The band of a forecast.</summary>
    public static TrackBand Of(Band band) => new(band.Low, band.Median, band.High);
}

/// <summary>A time with its 90 % interval, ISO 8601 on the log's clock.</summary>
/// <param name="Low">Lower end.</param>
/// <param name="Median">Median.</param>
/// <param name="High">Upper end.</param>
public sealed record TrackTimes(string Low, string Median, string High)
{
    private const double SecondsPerHour = 3600, Last = 2.5e11;

    /// <summary>Times of hours since a beginning.</summary>
    public static TrackTimes Of(double began, Band hours) =>
        new(At(began, hours.Low * SecondsPerHour)!, At(began, hours.Median * SecondsPerHour)!, At(began, hours.High * SecondsPerHour)!);

    /// <summary>A time some seconds after a beginning; null where there is none.</summary>
    public static string? At(double? began, double seconds) => began is { } start
        ? DateTime.UnixEpoch.AddSeconds(Math.Clamp(start + seconds, 0, Last)).ToString("yyyy-MM-dd'T'HH:mm:ss",
            CultureInfo.InvariantCulture) : null;
}

/// <summary>A share of the budget.</summary>
/// <param name="Share">The share: 0.5, 0.75, 0.9 or 1.</param>
/// <param name="Spent">Whether it is spent.</param>
/// <param name="Forecast">Whether the forecast passes it.</param>
public sealed record TrackThreshold(double Share, bool Spent, bool Forecast)
{
    private static readonly double[] All = [0.5, 0.75, 0.9, 1];

    /// <summary>The thresholds of a run; none without a budget.</summary>
    public static IReadOnlyList<TrackThreshold> Of(RunProgress progress) => progress.BudgetUsd is not { } budget ? []
        : [.. All.Select(share =>
            new TrackThreshold(share, progress.SpentUsd >= share * budget, progress.FinalCostUsd.Median >= share * budget))];
}

/// <summary>Something that happened in a run, and what it cost.</summary>
/// <param name="Kind">What.</param>
/// <param name="Step">After which step.</param>
/// <param name="From">When it began; null where the log has no clock.</param>
/// <param name="To">When it ended; null likewise.</param>
/// <param name="Seconds">How long it took, for a restart with the training that was done again.</param>
/// <param name="Cost">USD.</param>
/// <param name="Ratio">For a change of speed: step time after over before.</param>
public sealed record TrackEvent(RunEventKind Kind, int Step, string? From, string? To, double Seconds, double Cost, double? Ratio)
{
    private const double SecondsPerHour = 3600;

    /// <summary>A spell of a run.</summary>
    public static TrackEvent Of(Spell spell, RunProgress progress)
    {
        var seconds = spell.Seconds + spell.RedoneSeconds;
        return new(
            spell.Kind, spell.Step, TrackTimes.At(progress.Began, spell.FromSeconds),
            spell.Kind == RunEventKind.Change ? null : TrackTimes.At(progress.Began, spell.FromSeconds + spell.Seconds),
            seconds, seconds / SecondsPerHour * progress.UsdPerHour, double.IsFinite(spell.Ratio) ? spell.Ratio : null);
    }
}

/// <summary>Where time goes.</summary>
/// <param name="Term">A step or a part of it, or what is beside steps.</param>
/// <param name="PlannedS">Seconds as planned; null where the plan has no such term.</param>
/// <param name="Seconds">Seconds as the log tells them: of one step, and beside steps of the run so far.</param>
/// <param name="PlanTerms">The plan's terms that it stands for.</param>
public sealed record TrackTerm(TrackedPart Term, double? PlannedS, double Seconds, IReadOnlyList<string> PlanTerms)
{
    /// <summary>A term of a run.</summary>
    public static TrackTerm Of(TrackedTerm term) => new(term.Term, term.PlannedSeconds, term.Seconds, term.PlanTerms);
}

/// <summary>Advice.</summary>
/// <param name="Action">What to do.</param>
/// <param name="Text">The same in a sentence.</param>
/// <param name="SavesUsd">What it saves; null where that is not known.</param>
public sealed record TrackAdviceText(AdviceAction Action, string Text, double? SavesUsd);
