using SlmPlanner.Core.Planning.Results;
using SlmPlanner.Presentation.Tables;
using SlmPlanner.Presentation.Wording;

namespace SlmPlanner.Presentation.Plans.Tables;

/// <summary>The tables about how sure a recommendation is and what would change it.</summary>
internal static class ForecastTables
{
    private const int MostBreakEvens = 8;

    /// <summary>Time and cost as distributions, and the energy of the run.</summary>
    public static ReportTable Risk(Forecast forecast) => ReportTable.Of<(string Name, string Value)>(
        "What may happen", Facts(forecast), new("what", fact => fact.Name), new("value", fact => fact.Value));

    /// <summary>What other devices would have to cost.</summary>
    public static ReportTable BreakEven(Forecast forecast) => ReportTable.Of<BreakEven>(
        "At which price another GPU would cost the same",
        forecast.BreakEvens.Take(MostBreakEvens),
        new("rent", entry => $"{entry.Gpus} × {entry.Gpu}"),
        new("from", entry => entry.Provider),
        new("price per GPU", entry => Readable.UsdPerHour(entry.UsdPerGpuHour), IsNumber: true),
        new("break-even", entry => Readable.UsdPerHour(entry.BreakEvenUsdPerGpuHour), IsNumber: true),
        new("change", entry => Signed(entry.Change), IsNumber: true),
        new("deadline", entry => entry.KeepsDeadline ? "kept" : "missed at any price"));

    /// <summary>Which assumption the cost hangs on most.</summary>
    public static ReportTable Tornado(Forecast forecast) => ReportTable.Of<TornadoBar>(
        "What the cost hangs on",
        forecast.Tornado,
        new("if", bar => BreakdownWords.Factor(bar.Factor)),
        new("is between", bar => $"{Multiple(bar.LowMultiple)} and {Multiple(bar.HighMultiple)}"),
        new("the run costs", bar => Readable.UsdRange(bar.CostUsdLow, bar.CostUsdHigh), IsNumber: true),
        new("as dear as the next GPU at", bar => bar.BreakEvenMultiple is { } multiple ? Multiple(multiple) : Readable.Missing,
            IsNumber: true));

    private static IEnumerable<(string Name, string Value)> Facts(Forecast forecast)
    {
        var risk = forecast.Risk;
        yield return ($"cost of {Readable.Whole(risk.Draws)} simulated runs", $"mean {Readable.Usd(risk.CostUsdExpected)}, median"
            + $" {Readable.Usd(risk.CostUsdMedian)}; nine in ten below {Readable.Usd(risk.CostUsdNinety)}");
        yield return ("their time", $"mean {Readable.Hours(risk.HoursExpected)}, median {Readable.Hours(risk.HoursMedian)}; nine in"
            + $" ten below {Readable.Hours(risk.HoursNinety)}");
        if (risk.ProbabilityNeverFinishing > 0)
            yield return ("is stopped so often that it never ends", Readable.Probability(risk.ProbabilityNeverFinishing));
        if (risk.ProbabilityWithinBudget is { } budget)
            yield return ("stays within the budget", Readable.Probability(budget));
        if (risk.ProbabilityWithinDeadline is { } deadline)
            yield return ("ends by the deadline", Readable.Probability(deadline));
        yield return ("failures and interruptions", $"{Readable.Number(risk.StopsExpected)} expected; a checkpoint every"
            + $" {Readable.Hours(risk.CheckpointIntervalSeconds / 3600)}");
        yield return ("time that is not training", Readable.Percent(risk.OverheadShare));
        if (forecast.Energy is { } energy)
            yield return ("energy (estimate)", Readable.Number(energy.Kwh) + " kWh" + (energy.KgCo2 is { } kg
                ? $", {Readable.Number(kg)} kg CO2"
                : ", grid not known"));
    }

    private static string Multiple(double multiple) => Readable.Number(multiple) + " ×";

    private static string Signed(double change) => (change < 0 ? "−" : "+") + Readable.Percent(Math.Abs(change));
}
