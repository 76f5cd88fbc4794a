using System.Text.Json;
using SlmPlanner.Core.Measurements.Runs;
using SlmPlanner.Data.Logs.Config;

namespace SlmPlanner.Data.Logs.Formats;

/// <summary>
/// MLPerf's lines: JSON after <c>:::MLLOG</c>, anything between them. Settings as keys with values, then <c>tracked_stats</c> with seconds
/// of a step or sequences per second; <c>time_ms</c> is the clock. Some count in sequences and not in steps, all so far or those since the
/// line before.
/// </summary>
internal sealed class MllogReader : LogReader
{
    private double _sequences = double.NaN;

    /// <inheritdoc/>
    public override LogFormat Format => LogFormat.Mllog;

    /// <inheritdoc/>
    public override bool Tells(ReadOnlySpan<byte> line) => line.IndexOf(":::MLLOG"u8) >= 0;

    /// <inheritdoc/>
    public override void Read(ReadOnlySpan<byte> line, RunRecorder run)
    {
        if (line.IndexOf(":::MLLOG"u8) is not (>= 0 and var at) || line[at..].IndexOf((byte)'{') is not (> 0 and var start))
            return;
        try
        {
            using var document = JsonDocument.Parse(line[(at + start)..].ToArray());
            if (document.RootElement.ValueKind == JsonValueKind.Object)
                Entry(document.RootElement, run);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // Ranks that print at once cut each other's lines: what is no JSON, or no text in it, tells nothing.
        }
    }

    private void Entry(JsonElement entry, RunRecorder run)
    {
        if (!entry.TryGetProperty("key", out var name) || name.ValueKind != JsonValueKind.String
            || !entry.TryGetProperty("value", out var value))
            return;
        var clock = Number(entry, "time_ms") / 1000;
        if (clock > 0)
            run.Clock = ClockKind.Wall;
        switch (name.GetString())
        {
            case "tracked_stats" when value.ValueKind == JsonValueKind.Object:
                Stats(entry, value, clock, run);
                break;
            case "eval_start":
                run.Event(RunEventKind.Evaluation, clock);
                break;
            case "run_start" or "init_start":
                run.Event(RunEventKind.Restart);
                break;
            case "run_stop":
                run.Event(RunEventKind.End, clock);
                break;
            case { } key when value.ValueKind is JsonValueKind.Number or JsonValueKind.String or JsonValueKind.True:
                ConfigKeys.Read(key, value.ToString(), run.Fact);
                break;
        }
    }

    private void Stats(JsonElement entry, JsonElement stats, double clock, RunRecorder run)
    {
        if (!entry.TryGetProperty("metadata", out var about) || about.ValueKind != JsonValueKind.Object)
            return;
        var step = double.IsNaN(Number(about, "step")) ? Number(about, "step_num") : Number(about, "step");
        var throughput = Number(stats, "throughput");
        var seconds = Number(stats, "train_step_time");
        if (throughput > 0)
            run.Rate = RateKind.Samples;
        if (double.IsNaN(throughput) && double.IsNaN(seconds))
            return;
        if (double.IsNaN(step))
            step = StepOf(Number(about, "samples_count"), run);
        if (!(step >= 0 && step <= int.MaxValue))
            return;
        run.Step(new((int)Math.Round(step))
        {
            Seconds = (float)seconds,
            Rate = (float)throughput,
            Loss = (float)LossOf(stats),
            Clock = clock,
        });
    }

    /// <summary>The step of a count of sequences; one that is no larger than the last counts from there.</summary>
    private double StepOf(double sequences, RunRecorder run)
    {
        var steps = sequences / (run.Facts.Number(RunField.GlobalBatch) ?? 1);
        var isSinceLast = sequences <= _sequences;
        _sequences = sequences;
        return isSinceLast ? run.LastStep + Math.Max(1, steps) : steps;
    }

    private static double LossOf(JsonElement stats)
    {
        foreach (var name in (ReadOnlySpan<string>)["loss", "train_loss", "reduced_train_loss"])
            if (Number(stats, name) is var loss && double.IsFinite(loss))
                return loss;
        return double.NaN;
    }

    private static double Number(JsonElement of, string name) =>
        of.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) ? number
            : double.NaN;
}
