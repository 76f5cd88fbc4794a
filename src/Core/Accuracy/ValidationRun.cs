using SlmPlanner.Core.Fitting;
using SlmPlanner.Core.Workloads;

namespace SlmPlanner.Core.Accuracy;

/// <summary>Measures accuracy under several schemes.</summary>
public static class ValidationRun
{
    private const int FewestForSlice = 20, Worst = 8;
    private const int Digits = 4;

    /// <summary>The table.</summary>
    /// <param name="workloads">Measured rows.</param>
    /// <param name="beyond">Rows that are never fitted.</param>
    /// <param name="full">The fit of all of them.</param>
    /// <param name="schemes">What to leave out in turn.</param>
    /// <param name="options">Options of the refits.</param>
    /// <param name="command">The command line, for the record.</param>
    /// <param name="done">Told of each scheme when it is measured.</param>
    /// <param name="cancel">Stops between refits.</param>
    public static AccuracyReport Run(
        IReadOnlyList<Workload> workloads, IReadOnlyList<Workload> beyond, FittedModel full, IReadOnlyList<LeaveOut> schemes,
            FitOptions options, string command,
        Action<LeaveOut> done, CancellationToken cancel)
    {
        var fits = new LeaveOutFits(workloads, full, options);
        var lines = new List<AccuracyLine>();
        var worst = new List<GroupError>();
        foreach (var scheme in schemes)
        {
            var rows = scheme == LeaveOut.Beyond
                ? CrossValidation.Beyond(beyond, workloads, full, options)
                : CrossValidation.Run(scheme, fits, cancel);
            if (rows.Count == 0)
                continue;
            lines.AddRange(Lines(scheme, rows));
            worst.AddRange(WorstGroups(scheme, rows));
            done(scheme);
        }
        return new(AccuracyReport.CurrentVersion, command, lines, worst);
    }

    private static IEnumerable<AccuracyLine> Lines(LeaveOut scheme, IReadOnlyList<HeldOutRow> rows)
    {
        yield return Rounded(AccuracyMeasure.Line(scheme, "all", rows));
        if (scheme == LeaveOut.Beyond)
            foreach (var axes in rows.GroupBy(row => row.Group).OrderBy(axes => axes.Key, StringComparer.Ordinal))
                yield return Rounded(AccuracyMeasure.Line(scheme, axes.Key, [.. axes]));
        foreach (var stack in rows.GroupBy(row => row.Workload.Keys.Stack ?? "unknown").OrderBy(stack => stack.Key, StringComparer.Ordinal))
            if (stack.Count() >= (scheme == LeaveOut.Handful ? 1 : FewestForSlice) && scheme is not LeaveOut.Device)
                yield return Rounded(AccuracyMeasure.Line(scheme, stack.Key, [.. stack]));
    }

    private static IEnumerable<GroupError> WorstGroups(LeaveOut scheme, IReadOnlyList<HeldOutRow> rows) => rows
        .GroupBy(row => row.Group)
        .Select(group => new GroupError(
            scheme, group.Key, group.Count(), Math.Round(group.Average(row => Math.Abs(row.Error)), Digits),
            Math.Round(group.Average(row => row.Error), Digits)))
        .OrderByDescending(group => group.MeanError).Take(Worst);

    private static AccuracyLine Rounded(AccuracyLine line) =>
        line with { Model = Rounded(line.Model), Naive = Rounded(line.Naive), Coverage = Math.Round(line.Coverage, Digits) };

    private static ErrorSummary Rounded(ErrorSummary accuracy) => new(
        accuracy.Rows, accuracy.Groups, Math.Round(accuracy.MeanError, Digits), Math.Round(accuracy.MedianError, Digits),
        Math.Round(accuracy.Bias, Digits),
        Math.Round(accuracy.NinetiethError, Digits), Math.Round(accuracy.RankCorrelation, Digits), Math.Round(accuracy.Regret, Digits));
}
