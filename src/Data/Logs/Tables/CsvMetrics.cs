using System.Globalization;
using SlmPlanner.Core.Measurements.Runs;
using SlmPlanner.Data.Csv;

namespace SlmPlanner.Data.Logs.Tables;

/// <summary>
/// Reads a table of metrics: Lightning's CSV logger, an export of a tracker. Cells may be empty, and a step may have several rows.
/// </summary>
internal static class CsvMetrics
{
    /// <summary>True for a header with a step and something to learn from.</summary>
    public static bool Knows(IReadOnlyList<string> columns, MetricNames names)
    {
        var metrics = columns.Select(names.Of).OfType<Metric>().ToHashSet();
        return metrics.Contains(Metric.Step) && metrics.Any(IsTime);
    }

    /// <summary>True for a metric from which the time of a step follows.</summary>
    public static bool IsTime(Metric metric) =>
        metric is Metric.StepSeconds or Metric.StepMilliseconds or Metric.TokensPerGpu or Metric.Tokens
        or Metric.Samples or Metric.Timestamp or Metric.TimestampMilliseconds or Metric.Runtime;

    /// <summary>Takes the rows.</summary>
    public static void Read(CsvRows rows, MetricNames names, RunRecorder run)
    {
        (int Column, Metric Metric)[] columns =
        [
            .. rows.Columns.Select((name, index) => (index, names.Of(name))).Where(column => column.Item2 is not null)
                .Select(column => (column.index, column.Item2!.Value)),
        ];
        var place = columns.Where(column => column.Metric == Metric.Step)
            .OrderByDescending(column => names.RankOfStep(rows.Columns[column.Column]))
            .FirstOrDefault((Column: -1, Metric: Metric.Step)).Column;
        var metrics = new MetricRows(run);
        while (rows.Next())
        {
            run.Line = rows.Line;
            var step = Number(rows, place);
            foreach (var (column, metric) in columns)
                if (metric != Metric.Step)
                    metrics.Put(step, metric, Number(rows, column));
        }
        metrics.Flush();
    }

    private static double Number(CsvRows rows, int column) =>
        column >= 0 && column < rows.FieldCount
        && double.TryParse(rows.Text(column), NumberStyles.Float | NumberStyles.AllowThousands, CultureInfo.InvariantCulture,
            out var number)
            ? number : double.NaN;
}
