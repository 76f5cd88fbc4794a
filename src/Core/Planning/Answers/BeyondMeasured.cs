using SlmPlanner.Core.Findings;
using SlmPlanner.Core.Fitting;
using SlmPlanner.Core.Planning.Search;
using SlmPlanner.Core.Text;

namespace SlmPlanner.Core.Planning.Answers;

/// <summary>
/// Warns of a prediction that promises more of a device's peak than any measured run had: the search looks for the best, so it
/// finds the predictions that err on the good side first.
/// </summary>
internal static class BeyondMeasured
{
    /// <summary>The warning, with what the run would cost at the best utilisation measured; null when the prediction stays below it.</summary>
    public static Finding? Of(Candidate candidate, FittedModel fitted)
    {
        var own = Measured(fitted, row => row.Keys.Device == candidate.Gpu);
        var (rows, best) = own.Rows > 0 ? own : Measured(fitted, _ => true);
        if (rows == 0 || candidate.Mfu <= best)
            return null;
        var slower = candidate.Mfu / best;
        var where = own.Rows > 0 ? $"{candidate.Gpu} ({rows} rows)" : $"any device ({rows} rows, none of {candidate.Gpu})";
        return new(Severity.Warning, "beyond-measured",
            $"The predicted utilisation of {Readable.Percent(candidate.Mfu)} is above the {Readable.Percent(best)} that is the most measured on {where}."
            + $" At that the run would take {Readable.Hours(candidate.Hours * slower)} and cost {Readable.Usd(candidate.CostUsd * slower)}: measure a short run before renting for long.");
    }

    private static (int Rows, double Best) Measured(FittedModel fitted, Func<FittedRow, bool> of)
    {
        double[] shares = [.. fitted.Rows.Where(of).Select(row => row.Mfu).OfType<double>()];
        return (shares.Length, shares.DefaultIfEmpty().Max());
    }
}
