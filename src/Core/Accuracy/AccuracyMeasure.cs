using MathNet.Numerics.Statistics;
using SlmPlanner.Core.Measurements;
using SlmPlanner.Core.Workloads;

namespace SlmPlanner.Core.Accuracy;

/// <summary>Measures held-out predictions.</summary>
internal static class AccuracyMeasure
{
    private const double Confidence = 0.9;
    private const int FewestForRank = 5, FewestForRegret = 3;

    /// <summary>The line of some held-out rows; at least one row.</summary>
    public static AccuracyLine Line(LeaveOut scheme, string slice, IReadOnlyList<HeldOutRow> rows) => new(
        scheme,
        slice,
        Of(rows, row => row.Error, row => row.Prediction.TokensPerSecond),
        rows.Average(row => Covers(row) ? 1.0 : 0),
        Of(rows, row => row.NaiveError, row => row.NaiveTokensPerSecond));

    private static ErrorSummary Of(IReadOnlyList<HeldOutRow> rows, Func<HeldOutRow, double> error, Func<HeldOutRow, double> speed)
    {
        double[] sizes = [.. rows.Select(row => Math.Abs(error(row)))];
        return new(
            rows.Count,
            rows.Select(row => row.Group).Distinct().Count(),
            sizes.Average(),
            sizes.Median(),
            rows.Average(error),
            sizes.Quantile(Confidence),
            RankCorrelation(rows, speed),
            Regret(rows, speed));
    }

    private static bool Covers(HeldOutRow row)
    {
        var (low, high) = row.Prediction.Interval(Confidence);
        return row.Measured >= low && row.Measured <= high;
    }

    private static double RankCorrelation(IReadOnlyList<HeldOutRow> rows, Func<HeldOutRow, double> speed)
    {
        var devices = rows.GroupBy(row => row.Workload.Device).Where(device => device.Count() >= FewestForRank).ToList();
        return devices.Count == 0 ? double.NaN : devices.Sum(device => device.Count()
            * Correlation.Spearman(device.Select(speed), device.Select(row => row.Measured))) / devices.Sum(device => device.Count());
    }

    /// <summary>
    /// Over the sets of configurations that one publication measured for one model, sequence length, stack, device and number of devices:
    /// what could be chosen. Another publication, or the same of another date, has other software or another machine.
    /// </summary>
    private static double Regret(IReadOnlyList<HeldOutRow> rows, Func<HeldOutRow, double> speed)
    {
        var choices = rows.GroupBy(row => (
                row.Workload.ModelKey, row.Workload.Observation.Recipe.SeqLen, row.Workload.Device, row.Workload.Observation.Machine.Gpus,
                row.Workload.Publication, row.Workload.Observation.From.Date))
            .Where(choice => choice.Count() >= FewestForRegret).ToList();
        return choices.Count == 0 ? double.NaN
            : choices.Average(choice => 1 - choice.MaxBy(speed)!.Measured / choice.Max(row => row.Measured));
    }
}
