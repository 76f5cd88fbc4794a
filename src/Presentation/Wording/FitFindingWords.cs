using System.Globalization;
using SlmPlanner.Core.Calibration;
using SlmPlanner.Core.Calibration.Validation;
using SlmPlanner.Core.Findings;
using SlmPlanner.Presentation.Accuracy;

namespace SlmPlanner.Presentation.Wording;

/// <summary>Findings on fits and on their accuracy.</summary>
internal static class FitFindingWords
{
    /// <summary>The sentence; null for a finding on another subject.</summary>
    public static string? Of(Finding finding) => finding switch
    {
        FitNotConverged fit => $"The fit stopped after {fit.Steps} steps without converging; raise the number of steps.",
        RowsRejected rows => $"{rows.Rejected} of {rows.All} rows were not fitted; each is listed with its reason in the profile.",
        Residuals residuals => Invariant(
            $"Residuals of log time: centre {residuals.Centre:0.000}, spread {residuals.Spread:0.000} over {residuals.Rows} rows."),
        OutlyingRows rows => Invariant($"{rows.Count} rows are more than {rows.Limit:P0} off their fit and count for little in it: ")
            + string.Join(", ", rows.Worst.Select(row => Invariant($"{row.Id} ({row.Error:+0%;-0%} time)"))),
        BiasedStack stack => Invariant(
            $"The {stack.Rows} rows of {(stack.Stack == BiasedStack.Unknown ? "an unknown stack" : stack.Stack)} take {stack.Bias:+0.0%;-0.0%} of their fitted time on average."),
        CoefficientsUndecided fit =>
            $"The rows hardly narrow the prior of {string.Join(", ", fit.Coefficients)}: predictions that depend on them rest on the prior.",
        MemoryPeakError memory => Invariant(
            $"peak memory of {memory.Rows} rows: mean error {memory.MeanError:P1}, in sample; docs/models.md has it with groups left out"),
        MemoryMisfits memory =>
            $"of {memory.Rows} rows that ran, {memory.Refused.Count} are predicted not to fit{(memory.Refused.Count > 0 ? $": {string.Join(", ", memory.Refused)}" : "")}",
        MemoryDoubled memory => Invariant($"twice the micro-batch would not fit for {memory.Share:P0} of {memory.Rows} rows of {memory.Stack}"),
        AccuracyWorse worse => Invariant(
            $"leaving out {AccuracyTable.Name(worse.Scheme)}, {worse.Slice}: mean error {worse.MeanError:P1}, committed {worse.Committed:P1}, allowed {worse.Allowed:P1}"),
        _ => null,
    };

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
