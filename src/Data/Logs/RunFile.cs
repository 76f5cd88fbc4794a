using System.Text.Json;
using SlmPlanner.Core;
using SlmPlanner.Core.Measurements.Runs;
using SlmPlanner.Data.Csv;
using SlmPlanner.Data.Logs.Formats;
using SlmPlanner.Data.Logs.Lines;
using SlmPlanner.Data.Logs.Sources;
using SlmPlanner.Data.Logs.Tables;

namespace SlmPlanner.Data.Logs;

/// <summary>Reads one log, whatever its form.</summary>
/// <param name="names">Which column is which metric.</param>
internal sealed class RunFile(MetricNames names)
{
    /// <summary>The log of a file, an address or a folder of metrics.</summary>
    public LoggedRun Read(string place)
    {
        var run = new RunRecorder(Path.GetFileName(place));
        try
        {
            if (Directory.Exists(place))
            {
                MlflowFolder.Read(place, names, run);
                return new([place], LogFormat.Mlflow, run.Done(), null);
            }
            using var stream = LogSource.Open(place);
            return Read(stream, place, run);
        }
        catch (InputException exception)
        {
            return new([place], null, run.LastStep >= 0 ? run.Done() : null, exception.Message);
        }
    }

    private LoggedRun Read(PeekStream stream, string place, RunRecorder run)
    {
        LogFormat? format = null;
        string? problem = null;
        try
        {
            (format, problem) = Table(stream, place, run);
            if (format is null && problem is null)
            {
                var log = new LineLog(run);
                try
                {
                    log.Read(new LogLines(stream), arrivals: stream.Arrivals);
                }
                finally
                {
                    log.End();
                    format = log.Format;
                }
                problem = format is null ? $"{place}: {NotKnown(stream.Start)}" : null;
            }
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException or ZstdSharp.ZstdException or InputException)
        {
            problem = $"{place} breaks off after line {run.Line}: {exception.Message}";
        }
        return new([place], format, format is null ? null : run.Done(), problem);
    }

    private (LogFormat?, string?) Table(PeekStream stream, string place, RunRecorder run)
    {
        var start = stream.Start;
        if (EventFile.Knows(start))
            return (LogFormat.Tensorboard, new EventFile(names, run).Read(stream) ? null : $"{place} breaks off after record {run.Line}");
        var first = FirstLine(start);
        if (first.TrimStart(" \uFEFF"u8) is [(byte)'{', ..])
            return Json(stream, place, first, run);
        if (first.IndexOf((byte)',') < 0 || first.Length > 20_000)
            return (null, null);
        using var header = CsvRows.Read(new StringReader(System.Text.Encoding.UTF8.GetString(first) + "\n"), place);
        if (names.RunsOf(header.Columns) is { Count: > 1 } several)
            return (null,
                $"{place}: holds {several.Count} runs ({string.Join(", ", several.Take(5))}): export one, or name its column with --map");
        if (CsvMetrics.Knows(header.Columns, names))
        {
            using var rows = CsvRows.Read(stream, place);
            CsvMetrics.Read(rows, names, run);
            return (LogFormat.Csv, null);
        }
        return header.Columns.Any(column => names.Of(column) == Metric.Step)
            ? (null, $"{place}: no column is known to hold times; name one of {string.Join(", ", header.Columns.Take(20))} with --map "
                + $"step_time=COLUMN")
            : (null, null);
    }

    private (LogFormat?, string?) Json(PeekStream stream, string place, ReadOnlySpan<byte> first, RunRecorder run)
    {
        if (Path.GetFileName(place) is "wandb-summary.json")
            return (null, $"{place}: holds the last value of each metric alone: give the run's exported history, or output.log beside it");
        if (AnyLineKnown(stream.Start))
        {
            new JsonMetrics(names, run).Read(new LogLines(stream));
            return (LogFormat.JsonLines, null);
        }
        using var memory = new MemoryStream();
        var buffer = new byte[1 << 16];
        for (int read; (read = stream.Read(buffer)) > 0; memory.Write(buffer, 0, read))
            if (memory.Length > TrainerState.Largest)
                return (null, $"{place}: a JSON document of more than {TrainerState.Largest} bytes, which is no log that is known");
        try
        {
            using var document = JsonDocument.Parse(memory.GetBuffer().AsMemory(0, (int)memory.Length));
            if (!TrainerState.Knows(document.RootElement))
                return (null, $"{place}: a JSON document that is no log that is known; JSON lines need a step and a time, or --map "
                    + $"step_time=NAME");
            run.Fact(RunField.Stack, "hf-trainer");
            TrainerState.Read(document.RootElement, run);
            return (LogFormat.HuggingFaceJson, null);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return (null, $"{place}, line {(exception as JsonException)?.LineNumber + 1 ?? 1}: no valid JSON");
        }
    }

    private bool AnyLineKnown(ReadOnlySpan<byte> start)
    {
        foreach (var range in start.Split((byte)'\n'))
            if (JsonMetrics.Knows(start[range], names))
                return true;
        return false;
    }

    private static ReadOnlySpan<byte> FirstLine(ReadOnlySpan<byte> start)
    {
        if (start.StartsWith("\uFEFF"u8))
            start = start[3..];
        var end = start.IndexOfAny((byte)'\n', (byte)'\r');
        return end < 0 ? start : start[..end];
    }

    private static string NotKnown(ReadOnlySpan<byte> start) =>
        start.IsEmpty ? "is empty"
        : start.Contains((byte)0) ? "is not text and no TensorBoard event file"
        : "no line of a training log that is known (docs/guides/learn-from-a-run.md lists them); a table needs --map step_time=COLUMN";
}
