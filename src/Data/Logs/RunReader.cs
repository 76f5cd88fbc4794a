using SlmPlanner.Core.Measurements.Runs;
using SlmPlanner.Data.Logs.Formats;
using SlmPlanner.Data.Logs.Tables;

namespace SlmPlanner.Data.Logs;

/// <summary>Reads the logs of runs.</summary>
/// <param name="mapped">Columns and tags of tables that the user names, by what they hold.</param>
public sealed class RunReader(IReadOnlyDictionary<string, Metric> mapped)
{
    private readonly RunFile _files = new(new MetricNames(mapped));

    /// <summary>
    /// The run of one or more logs. The Hugging Face Trainer writes its whole history with each checkpoint: of those the longest counts.
    /// </summary>
    public LoggedRun Read(IReadOnlyList<string> places)
    {
        LoggedRun[] parts = [.. places.Select(_files.Read)];
        LoggedRun[] told = [.. parts.Where(part => part.Log is not null && part.Format is not null)];
        if (told.Length == 0)
            return parts[0] with { Places = places };
        var best = told.GroupBy(part => part.Format).OrderByDescending(group => group.Sum(part => part.Log!.PrintedSteps))
            .First().ToArray();
        if (best[0].Format == LogFormat.HuggingFaceJson)
            best = [best.OrderBy(part => part.Log!.Whole is null).ThenByDescending(part => part.Log!.PrintedSteps).First()];
        return new(
            [.. best.SelectMany(part => part.Places)], best[0].Format, RunLogs.Merge([.. best.Select(part => part.Log!)]),
            best.Select(part => part.Problem).FirstOrDefault(problem => problem is not null));
    }
}
