using System.Globalization;
using System.Text.Json;
using SlmPlanner.Core.Measurements.Runs;
using SlmPlanner.Data.Logs.Lines;

namespace SlmPlanner.Data.Logs.Tables;

/// <summary>Reads JSON lines of metrics, one object a line, nested names joined by a slash.</summary>
internal sealed class JsonMetrics(MetricNames names, RunRecorder run)
{
    private const int Deepest = 4;
    private readonly MetricRows _rows = new(run);
    private readonly List<(Metric Metric, double Value, string Name)> _found = [];

    /// <summary>True for a line that is an object with a step and something to learn from.</summary>
    public static bool Knows(ReadOnlySpan<byte> line, MetricNames names)
    {
        var found = new List<(Metric Metric, double Value, string Name)>();
        return Find(line, names, found) && found.Exists(one => one.Metric == Metric.Step)
            && found.Exists(one => CsvMetrics.IsTime(one.Metric));
    }

    /// <summary>Takes the lines of a stream.</summary>
    public void Read(LogLines lines)
    {
        while (lines.Next(out var line, out var number))
        {
            run.Line = number;
            Read(line);
        }
        _rows.Flush();
    }

    /// <summary>Takes a line; one that is no object tells nothing.</summary>
    public void Read(ReadOnlySpan<byte> line)
    {
        _found.Clear();
        if (!Find(line, names, _found))
            return;
        var step = _found.Find(one => one.Metric == Metric.Step);
        if (step.Metric != Metric.Step || _found.Count < 2)
            return;
        foreach (var (metric, value, _) in _found)
            if (metric != Metric.Step)
                _rows.Put(step.Value, metric, value);
    }

    /// <summary>Keeps the step that is open.</summary>
    public void End() => _rows.Flush();

    private static bool Find(ReadOnlySpan<byte> line, MetricNames names, List<(Metric, double, string)> found)
    {
        if (line.TrimStart((byte)' ') is not [(byte)'{', ..])
            return false;
        try
        {
            var reader = new Utf8JsonReader(line);
            using var document = JsonDocument.ParseValue(ref reader);
            Walk(document.RootElement, "", names, found, 0);
            return true;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    private static void Walk(
        JsonElement at, string path, MetricNames names, List<(Metric Metric, double Value, string Name)> found, int depth)
    {
        foreach (var property in at.EnumerateObject())
        {
            var name = path.Length == 0 ? property.Name : $"{path}/{property.Name}";
            if (property.Value.ValueKind == JsonValueKind.Object && depth < Deepest)
                Walk(property.Value, name, names, found, depth + 1);
            else if (property.Value.ValueKind == JsonValueKind.Number && property.Value.TryGetDouble(out var value)
                && (names.Of(name) ?? OfFactory(name, at)) is { } metric)
                Put(metric, value, name, names, found);
            else if (property.Value.ValueKind == JsonValueKind.String && OfText(name, property.Value.GetString()) is { } told)
                Put(told.Metric, told.Value, name, names, found);
        }
    }

    /// <summary>What LLaMA-Factory and ms-swift write as text: the time so far, and <c>410/5000</c>.</summary>
    private static (Metric Metric, double Value)? OfText(string name, string? text) => name switch
    {
        "elapsed_time" when TimeText.Seconds(text) is { } seconds => (Metric.Runtime, seconds),
        "global_step/max_steps" when int.TryParse(text?.Split('/')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var step) =>
            (Metric.Step, step),
        _ => null,
    };

    /// <summary>LLaMA-Factory's count of tokens so far; in other programs the name may mean a batch.</summary>
    private static Metric? OfFactory(string name, JsonElement row) =>
        name == "total_tokens" && row.TryGetProperty("current_steps", out _) ? Metric.TotalTokens : null;

    /// <summary>Adds a value. Of two with one meaning the first counts, of two counts of steps the better.</summary>
    private static void Put(
        Metric metric, double value, string name, MetricNames names, List<(Metric Metric, double Value, string Name)> found)
    {
        var known = found.FindIndex(one => one.Metric == metric);
        if (known < 0)
            found.Add((metric, value, name));
        else if (metric == Metric.Step && names.RankOfStep(name) > names.RankOfStep(found[known].Name))
            found[known] = (metric, value, name);
    }
}
