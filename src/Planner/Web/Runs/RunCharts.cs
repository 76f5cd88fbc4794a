using SlmPlanner.Core.Measurements.Runs;
using SlmPlanner.Core.Planning.Tracking;
using SlmPlanner.Core.Text;
using SlmPlanner.Presentation.Charts;
using SlmPlanner.Presentation.Wording;

namespace SlmPlanner.Planner.Web.Runs;

/// <summary>The charts of a watched run: what it spends, how fast it is, what it learns.</summary>
internal static class RunCharts
{
    private const int MostEvents = 60;
    private const double LongestInSeconds = 180;

    /// <summary>Money against tokens: the plan as a band from nothing to its end, what was spent, what is expected until the end.</summary>
    public static MarkChart Spend(WatchedState state, RunProgress progress)
    {
        var (plan, total) = (state.Plan.Plan, state.Plan.Plan.Tokens);
        var planned = progress.TokensDone / total * plan.CostUsd;
        return new()
        {
            Name = "spend",
            Title = "Spent against plan",
            Caption = $"{Readable.Usd(progress.SpentUsd)} are spent after {Readable.Count(progress.TokensDone)} tokens; the plan expected"
                + $" {Readable.Usd(planned)} by here. The final bill is now expected to be {Readable.Usd(progress.FinalCostUsd.Median)}"
                + $" ({Readable.UsdRange(progress.FinalCostUsd.Low, progress.FinalCostUsd.High)}), planned "
                + $"{Readable.UsdRange(plan.CostUsdLow, plan.CostUsdHigh)}.",
            X = new("tokens done", AxisScale.FromZero, Readable.Count),
            Y = new($"{ShownCurrency.Current.Code} spent", AxisScale.FromZero, Readable.Usd),
            Limits = progress.BudgetUsd is { } budget && budget < 3 * Math.Max(plan.CostUsdHigh, progress.FinalCostUsd.High)
                ? [new(IsVertical: false, budget, "budget")] : [],
            Bands =
            [
                new("planned", [new(0, 0, 0), new(total, plan.CostUsdLow, plan.CostUsdHigh)], IsForecast: false),
                .. progress.IsDone ? Array.Empty<MarkBand>() :
                [
                    new("expected from here", [
                        new(progress.TokensDone, progress.SpentUsd, progress.SpentUsd),
                        new(total, progress.FinalCostUsd.Low, progress.FinalCostUsd.High),
                    ], IsForecast: true),
                ],
            ],
            Groups =
            [
                new("spent", [.. progress.Course.Select(point => new Mark(
                    new(point.Tokens, point.SpentUsd),
                    $"step {Readable.Whole(point.Step)}: {Readable.Usd(point.SpentUsd)} after {Readable.Hours(point.Hours)}",
                    MarkKind.Sample))],
                    IsJoined: true),
            ],
        };
    }

    /// <summary>Tokens per second against time, with the plan's interval and what happened.</summary>
    public static MarkChart Speed(RunProgress progress)
    {
        CoursePoint[] told = [.. progress.Course.Where(point => double.IsFinite(point.TokensPerSecond))];
        var (planned, now) = (progress.PlannedTokensPerSecond, progress.TokensPerSecond);
        var end = Math.Max(progress.ElapsedHours, 1e-6);
        return new()
        {
            Name = "speed",
            Title = "Throughput",
            Caption = $"{Readable.Count(now.Median)} tokens/s now, {Readable.Percent(now.Median / planned.Median)} of the plan's. Rings "
                + $"are evaluations,"
                + " checkpoints, restarts and changes of speed: point at one, or go there with the arrow keys.",
            X = new("hours since the run began", AxisScale.FromZero, Readable.Number),
            Y = new("tokens per second", AxisScale.FromZero, Readable.Count),
            Bands = [new("planned", [new(0, planned.Low, planned.High), new(end, planned.Low, planned.High)], IsForecast: false)],
            Groups =
            [
                new("measured", [.. told.Select(point => new Mark(
                    new(point.Hours, point.TokensPerSecond),
                    $"step {Readable.Whole(point.Step)}: {Readable.Count(point.TokensPerSecond)} tokens/s", MarkKind.Sample))],
                    IsJoined: true),
                .. told.Length == 0 ? Array.Empty<MarkGroup>() : Events(progress).GroupBy(spell => spell.Kind).Select(kind => new MarkGroup(
                    Name(kind.Key), [.. kind.Select(spell => Event(spell, told, progress))], IsJoined: false)),
            ],
        };
    }

    /// <summary>Training loss against tokens, with what is expected at the end; null where the log prints none.</summary>
    public static MarkChart? Loss(RunProgress progress, double totalTokens)
    {
        CoursePoint[] told = [.. progress.Course.Where(point => double.IsFinite(point.Loss))];
        return told.Length < 2 ? null : new MarkChart
        {
            Name = "loss",
            Title = "Training loss",
            Caption = $"{Readable.Number(told[^1].Loss)} nats per token now." + (progress.FinalLoss is { } final
                ? $" The curve so far leads to {Readable.Number(final.Median)} "
                + $"({Readable.Number(final.Low)}–{Readable.Number(final.High)}) at the end,"
                    + " without what a falling learning rate gains."
                : ""),
            X = new("tokens done (log scale)", AxisScale.Log, Readable.Count),
            Y = new("nats per token", AxisScale.Linear, Readable.Number),
            Bands = progress is { FinalLoss: { } last, IsDone: false } && totalTokens > told[^1].Tokens
                ? [new("expected from here", [new(told[^1].Tokens, told[^1].Loss, told[^1].Loss), new(totalTokens, last.Low, last.High)],
                    IsForecast: true)]
                : [],
            Groups =
            [
                new("measured", [.. told.Where(point => point.Tokens > 0).Select(point => new Mark(
                    new(point.Tokens, point.Loss), $"step {Readable.Whole(point.Step)}: {Readable.Number(point.Loss)}", MarkKind.Sample))],
                    IsJoined: true),
            ],
        };
    }

    /// <summary>What happened, the costliest kept where it is much, in order.</summary>
    public static IReadOnlyList<Spell> Events(RunProgress progress) =>
        [.. progress.Events.OrderByDescending(spell => spell.Kind is RunEventKind.Restart or RunEventKind.Change).ThenByDescending(Lost)
            .Take(MostEvents).OrderBy(spell => spell.FromSeconds)];

    /// <summary>What a kind of event is called.</summary>
    public static string Name(RunEventKind kind) => kind == RunEventKind.Change ? "change of speed" : Readable.Words(DeclaredName.Of(kind));

    /// <summary>What an event was, in a line.</summary>
    public static string Text(Spell spell, RunProgress progress) =>
        $"{Name(spell.Kind)} after step {Readable.Whole(spell.Step)}: {Detail(spell, progress)}";

    private static string Detail(Spell spell, RunProgress progress) =>
        spell.Kind == RunEventKind.Change ? $"steps take {Readable.Number(spell.Ratio)} times as long"
        : Lost(spell) <= 0 ? "no time lost" : $"{(Lost(spell) < LongestInSeconds ? Readable.Seconds(Lost(spell)) : Readable.Hours(Lost(spell) / 3600))}, {Readable.Usd(Lost(spell) / 3600 * progress.UsdPerHour)}";

    private static double Lost(Spell spell) => spell.Seconds + spell.RedoneSeconds;

    private static Mark Event(Spell spell, CoursePoint[] told, RunProgress progress)
    {
        var hours = spell.FromSeconds / 3600;
        var near = told.MinBy(point => Math.Abs(point.Hours - hours));
        return new(new(hours, near.TokensPerSecond), Text(spell, progress), MarkKind.Event);
    }
}
