using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using SlmPlanner.Core.Text;
using SlmPlanner.Data.Csv;
using SlmPlanner.Presentation.Wording;

namespace SlmPlanner.Presentation.Runs;

/// <summary>What <c>slm-plan track</c> prints (<c>--format</c>).</summary>
public enum TrackFormat
{
    /// <summary>Text for people.</summary>
    [JsonStringEnumMemberName("table")] Table,

    /// <summary>One JSON document, docs/schema/track.schema.json; when following, one a line.</summary>
    [JsonStringEnumMemberName("json")] Json,

    /// <summary>One row of named values.</summary>
    [JsonStringEnumMemberName("csv")] Csv,

    /// <summary>Rows of cost by day, in columns of FOCUS 1.0 (FinOps Open Cost and Usage Specification).</summary>
    [JsonStringEnumMemberName("focus")] Focus,
}

/// <summary>Writes a <see cref="TrackReport"/>.</summary>
public static class TrackOutput
{
    internal static JsonTypeInfo<TrackReport> Contract => TrackJsonContext.Default.TrackReport;

    private static string Slower(double? ratio) =>
        ratio is { } times ? string.Create(CultureInfo.InvariantCulture, $", steps take {times:0.00} times as long") : "";

    /// <summary>The report as JSON.</summary>
    public static string Json(TrackReport report, bool inOneLine = false) => inOneLine
        ? JsonSerializer.Serialize(report, TrackLineContext.Default.TrackReport)
        : JsonSerializer.Serialize(report, TrackJsonContext.Default.TrackReport);

    /// <summary>The report as one row of values with a header.</summary>
    public static string Csv(TrackReport report)
    {
        (string Key, object? Value)[] cells =
        [
            ("plan_id", report.PlanId), ("steps_done", report.StepsDone), ("steps_total", report.StepsTotal),
                ("tokens_done", report.TokensDone),
            ("tokens_per_s", report.TokensPerS), ("elapsed_hours", report.ElapsedHours), ("spent_usd", report.SpentUsd),
            ("finish_low", report.Finish?.Low), ("finish", report.Finish?.Median), ("finish_high", report.Finish?.High),
            ("finish_hours", report.FinishHours.Median), ("final_cost_usd_low", report.FinalCostUsd.Low),
            ("final_cost_usd", report.FinalCostUsd.Median), ("final_cost_usd_high", report.FinalCostUsd.High),
            ("p_within_budget", report.PWithinBudget), ("p_within_deadline", report.PWithinDeadline),
                ("final_loss", report.FinalLoss?.Median),
            ("breaks_plan", report.BreaksPlan), ("advice", report.Advice.Count > 0 ? DeclaredName.Of(report.Advice[0].Action) : null),
        ];
        return $"{string.Join(',', cells.Select(cell => cell.Key))}\n{string.Join(',', cells.Select(cell => PlainValue.Csv(cell.Value)))}\n";
    }

    /// <summary>The report for people.</summary>
    public static string Text(TrackReport report)
    {
        var text = new StringBuilder();
        Line("progress", $"{report.StepsDone:N0} of {report.StepsTotal:N0} steps, {report.TokensDone:N0} tokens ({(double)report.StepsDone / report.StepsTotal:P1})");
        Line("speed", $"{report.TokensPerS:N0} tokens/s ({report.TokensPerSInterval.Low:N0} to {report.TokensPerSInterval.High:N0}), planned {report.PlannedTokensPerS.Median:N0}");
        Line("so far", $"{report.ElapsedHours:N2} h, ${report.SpentUsd:N2}");
        Line("finish", $"{report.Finish?.Median ?? "after"} {report.FinishHours.Median:N2} h ({report.FinishHours.Low:N2} to {report.FinishHours.High:N2})");
        Line("final bill", $"${report.FinalCostUsd.Median:N2} (${report.FinalCostUsd.Low:N2} to ${report.FinalCostUsd.High:N2})");
        if (report.PWithinBudget is { } budget)
            Line("budget", $"${report.BudgetUsd:N0}, kept with {budget:P0}");
        if (report.PWithinDeadline is { } deadline)
            Line("deadline", $"{report.DeadlineHours:N1} h, kept with {deadline:P0}");
        if (report.FinalLoss is { } loss)
            Line("final loss", $"{loss.Median:0.000} ({loss.Low:0.000} to {loss.High:0.000}) by the curve so far, without what a falling learning rate gains");
        if (report.Like is { } like)
            Line("like", $"{TrackWords.Of(like)}");
        foreach (var term in report.Terms)
            Line(TrackWords.Of(term.Term), $"{TrackWords.Against(term.Seconds, term.PlannedS)}");
        foreach (var share in report.Shares.OrderBy(share => share.Key, StringComparer.Ordinal))
            Line(share.Key, $"{share.Value:P1} of the time");
        foreach (var happened in report.Events
            .Where(happened => happened.Ratio is not null || happened.Kind is Core.Measurements.Runs.RunEventKind.Restart))
            Line(DeclaredName.Of(happened.Kind), $"after step {happened.Step:N0} {happened.From ?? ""}: ${happened.Cost:N2}{Slower(happened.Ratio)}");
        foreach (var advice in report.Advice)
            Line("advice", $"{advice.Text}");
        return text.ToString();

        void Line(string name, FormattableString value) =>
            text.Append(CultureInfo.InvariantCulture, $"{name,-14}").Append(value.ToString(CultureInfo.InvariantCulture)).Append('\n');
    }
}

/// <summary>The contract of a report, generated at build time.</summary>
[JsonSourceGenerationOptions(
    WriteIndented = true,
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(TrackReport))]
internal sealed partial class TrackJsonContext : JsonSerializerContext;

/// <summary>The same in one line.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, UseStringEnumConverter = true)]
[JsonSerializable(typeof(TrackReport))]
internal sealed partial class TrackLineContext : JsonSerializerContext;
