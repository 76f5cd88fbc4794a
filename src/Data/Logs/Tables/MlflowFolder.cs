using SlmPlanner.Core.Measurements.Runs;
using SlmPlanner.Data.Logs.Config;
using SlmPlanner.Data.Logs.Lines;

namespace SlmPlanner.Data.Logs.Tables;

/// <summary>
/// Reads a run as MLflow's file store keeps it: <c>metrics/NAME</c> with lines <c>timestamp value step</c> (milliseconds since 1970), and
/// <c>params/NAME</c> with a value each.
/// </summary>
internal static class MlflowFolder
{
    private const int MostSteps = 1 << 20;

    /// <summary>Takes the folder.</summary>
    public static void Read(string folder, MetricNames names, RunRecorder run)
    {
        var parameters = Path.Combine(folder, "params");
        if (Directory.Exists(parameters))
            foreach (var file in Directory.EnumerateFiles(parameters, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
                if (new FileInfo(file).Length < 1024)
                    ConfigKeys.Read(Path.GetFileName(file), File.ReadAllText(file), run.Fact);
        var metrics = Path.Combine(folder, "metrics");
        var values = new SortedDictionary<int, List<(Metric, double)>>();
        foreach (var file in Directory.EnumerateFiles(metrics, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
            if (names.Of(Path.GetRelativePath(metrics, file).Replace('\\', '/')) is { } metric and not Metric.Step)
                Metrics(file, metric, values);
        var rows = new MetricRows(run);
        foreach (var (step, found) in values)
            foreach (var (metric, value) in found)
                rows.Put(step, metric, value);
        rows.Flush();
    }

    private static void Metrics(string file, Metric metric, SortedDictionary<int, List<(Metric, double)>> values)
    {
        using var stream = File.OpenRead(file);
        var lines = new LogLines(stream);
        while (lines.Next(out var line, out _) && values.Count < MostSteps)
        {
            var time = Numbers.Leading(line, out var first);
            var value = Numbers.Leading(line[first..], out var second);
            var step = Numbers.Whole(Numbers.Leading(line[(first + second)..], out _));
            if (step < 0)
                continue;
            if (!values.TryGetValue(step, out var found))
                values[step] = found = [(Metric.TimestampMilliseconds, time)];
            found.Add((metric, value));
        }
    }
}
