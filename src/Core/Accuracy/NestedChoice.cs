using SlmPlanner.Core.Fitting;
using SlmPlanner.Core.Time;
using SlmPlanner.Core.Workloads;

namespace SlmPlanner.Core.Accuracy;

/// <summary>
/// The error of a publication that neither the fit nor the choice of the priors' deviations has seen: the deviations are chosen anew
/// without each (<see cref="PriorChoice"/>), from where those of all rows stand.
/// </summary>
public static class NestedChoice
{
    /// <summary>Leaves every publication out in turn.</summary>
    /// <param name="workloads">Measured rows.</param>
    /// <param name="fit">Their fit.</param>
    /// <param name="believed">The size that a deviation is believed to have; what is in force where null.</param>
    /// <param name="options">The options of the fit.</param>
    /// <param name="done">Told how many publications are done, of how many.</param>
    public static NestedError Run(
        IReadOnlyList<Workload> workloads, FittedModel fit, Func<StepCoefficient, GroupLevel, double?> believed, FitOptions options,
        Action<int, int> done)
    {
        var groups = LeaveOutGroups.Split(LeaveOut.Source, workloads);
        var rows = new List<HeldOutRow>();
        for (var index = 0; index < groups.Count; index++)
        {
            var group = groups[index];
            var left = group.Rows.ToHashSet();
            var chosen = PriorChoice.Of([.. workloads.Where((_, row) => !left.Contains(row))], fit, believed, options).Deviations
                .ToDictionary(deviation => (deviation.Coefficient, deviation.Level), deviation => deviation.Best);
            var fits = new LeaveOutFits(workloads, fit, options, (coefficient, level) =>
                chosen.TryGetValue((coefficient, level), out var size) ? size : null);
            rows.AddRange(CrossValidation.Fold(LeaveOut.Source, group, fits));
            done(index + 1, groups.Count);
        }
        var line = AccuracyMeasure.Line(LeaveOut.Source, "all", rows);
        return new(line.Model.Rows, groups.Count, line.Model.MeanError, line.Model.MedianError, line.Coverage);
    }
}

/// <summary>Errors of tokens per second of publications that had no part in fit or priors.</summary>
/// <param name="Rows">Rows.</param>
/// <param name="Publications">Publications.</param>
/// <param name="MeanError">Mean of |predicted / measured − 1|.</param>
/// <param name="MedianError">Its median.</param>
/// <param name="Coverage">Share of rows inside their 90 % interval.</param>
public sealed record NestedError(int Rows, int Publications, double MeanError, double MedianError, double Coverage);
