using SlmPlanner.Core.Accuracy;
using SlmPlanner.Core.Findings;
using SlmPlanner.Core.Fitting;

namespace SlmPlanner.Presentation.Wording;

/// <summary>Findings on fits and on their accuracy.</summary>
internal static class FitFindingWords
{
    /// <summary>The sentence; null for a finding on another subject.</summary>
    public static string? Of(Finding finding) => finding switch
    {
        FitNotConverged fit => $"The fit stopped after {fit.Steps} steps without converging; raise the number of steps.",
        RowsRejected rows =>
            $"{rows.Rejected} of {rows.All} rows were not fitted; each is listed with its reason in the profile.",
        Residuals residuals =>
            $"Residuals of log time: centre {residuals.Centre:0.000}, spread {residuals.Spread:0.000} over {residuals.Rows} rows.",
        OutlyingRows rows =>
            $"{rows.Count} rows are more than {rows.Limit:P0} off their fit and count for little in it: "
            + string.Join(", ", rows.Worst.Select(row => $"{row.Id} ({row.Error:+0%;-0%} time)")),
        StackBias stack =>
            $"The {stack.Rows} rows of {(stack.Stack == StackBias.Unknown ? "an unknown stack" : stack.Stack)} take"
                + $" {stack.Bias:+0.0%;-0.0%} of their fitted time on average.",
        CoefficientsUndecided fit =>
            $"The rows hardly narrow the prior of {string.Join(", ", fit.Coefficients)}: predictions that depend on them rest on the"
                + " prior.",
        MemoryPeakError memory =>
            $"peak memory of {memory.Rows} rows: mean error {memory.MeanError:P1}, in sample; docs/models.md has it with groups left out",
        MemoryMisfits memory =>
            $"of {memory.Rows} rows that ran, {memory.Refused.Count} are predicted not to"
                + $" fit{(memory.Refused.Count > 0 ? $": {string.Join(", ", memory.Refused)}" : "")}",
        MemoryDoubled memory =>
            $"twice the micro-batch would not fit for {memory.Share:P0} of {memory.Rows} rows of {memory.Stack}",
        AccuracyWorse worse =>
            $"leaving out {Of(worse.Scheme)}, {worse.Slice}: mean error {worse.MeanError:P1}, committed {worse.Committed:P1},"
                + $" allowed {worse.Allowed:P1}",
        _ => null,
    };

    /// <summary>What is left out of a fit to measure its error.</summary>
    public static string Of(LeaveOut scheme) => scheme switch
    {
        LeaveOut.Model => "a model size",
        LeaveOut.Width => "a hidden width",
        LeaveOut.GpuCount => "a GPU count",
        LeaveOut.Source => "a source",
        LeaveOut.Stack => "a stack, named",
        LeaveOut.StackUnnamed => "a stack, unnamed",
        LeaveOut.SourceButOne => "a source but one row",
        LeaveOut.StackButOne => "a stack but one row",
        LeaveOut.Handful => "half of a handful",
        LeaveOut.Device => "a device",
        LeaveOut.FirstLearned => "a set-up, its first row learned",
        LeaveOut.FirstThreeLearned => "a set-up, its first three rows learned",
        LeaveOut.SplitSource => "a source, rows that share the model",
        LeaveOut.Beyond => "rows never fitted",
        _ => scheme.ToString(),
    };
}
