using SlmPlanner.Core.Findings;
using SlmPlanner.Core.Fitting;
using SlmPlanner.Core.Planning.Results;

using SlmPlanner.Core.Planning.Search;

namespace SlmPlanner.Core.Planning.Answers;

/// <summary>
/// Warns of a prediction that promises more of a device's peak than any measured run had: the search looks for the best, so it
/// finds the predictions that err on the good side first.
/// </summary>
internal static class BeyondMeasured
{
    /// <summary>
    /// The warning, with what the run would cost at the best utilisation measured; null when the prediction stays below it.
    /// </summary>
    public static AboveMeasured? Of(Candidate candidate, FittedModel fitted)
    {
        var own = Measured(fitted, row => row.Keys.Device == candidate.Gpu);
        var (rows, best) = own.Rows > 0 ? own : Measured(fitted, _ => true);
        if (rows == 0 || candidate.Mfu <= best)
            return null;
        var slower = candidate.Mfu / best;
        return new(candidate.Gpu, candidate.Mfu, best, rows, own.Rows > 0, candidate.Hours * slower, candidate.CostUsd * slower);
    }

    private static (int Rows, double Best) Measured(FittedModel fitted, Func<FittedRow, bool> of)
    {
        double[] shares = [.. fitted.Rows.Where(row => row.Keys.Split is null && of(row)).Select(row => row.Mfu).OfType<double>()];
        return (shares.Length, shares.DefaultIfEmpty().Max());
    }
}

/// <summary>A prediction above every utilisation that was measured.</summary>
/// <param name="Gpu">The device.</param>
/// <param name="Mfu">Model FLOPs utilisation predicted, 0..1.</param>
/// <param name="MostMeasured">The most measured.</param>
/// <param name="Rows">Rows that it is the most of.</param>
/// <param name="SameDevice">True when those rows are of this device; false when they are of any, since none is of this.</param>
/// <param name="Hours">Duration of the run at the most measured.</param>
/// <param name="CostUsd">Its cost.</param>
public sealed record AboveMeasured(string Gpu, double Mfu, double MostMeasured, int Rows, bool SameDevice, double Hours, double CostUsd)
    : Finding(Severity.Warning, "beyond-measured");
