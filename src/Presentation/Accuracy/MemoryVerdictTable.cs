using SlmPlanner.Core.Memory.Fitting;
using SlmPlanner.Core.Text;
using SlmPlanner.Presentation.Tables;
using SlmPlanner.Presentation.Wording;

namespace SlmPlanner.Presentation.Accuracy;

/// <summary>How good memory's peaks and verdicts are on sources that its fit has not seen.</summary>
internal static class MemoryVerdictTable
{
    /// <summary>One row per question.</summary>
    public static Listing<MemoryAccuracy> Of(IReadOnlyList<MemoryAccuracy> accuracy) => new(
        "memory_verdicts", "Memory on unseen sources: peaks, and whether a run fits (sure: above 90 % or below 10 %)", [.. accuracy],
        new ListingColumn<MemoryAccuracy>("question", "Known of the run", row => row.Question),
        new("peaks", "Peaks", row => row.Peaks, IsNumber: true),
        Share("mean_peak_error", "Mean error", row => row.MeanPeakError),
        Share("median_peak_error", "Median", row => row.MedianPeakError),
        new("limits", "Limits", row => row.Limits, IsNumber: true),
        Share("limit_error", "Off the limit", row => row.LimitError),
        Share("limit_half_step", "Half a step", row => row.LimitHalfStep),
        Share("limit_outside", "Contradicted by", row => row.LimitOutside),
        new("verdicts", "Verdicts", row => row.Verdicts, IsNumber: true),
        Share("sure_share", "Sure", row => row.SureShare),
        Share("sure_right", "Right when sure", row => row.SureRight),
        new("brier", "Brier score", row => Stated(row.Brier), row => Stated(row.Brier) is { } score ? Readable.Number(score)
            : Readable.Missing, IsNumber: true));

    /// <summary>One row per question and word.</summary>
    public static Listing<(string Question, VerdictReliability Word)> Reliability(IReadOnlyList<MemoryAccuracy> accuracy) => new(
        "memory_reliability", "Verdicts about memory on unseen sources: what was predicted and what happened",
        [.. accuracy.SelectMany(row => row.Reliability, (row, word) => (row.Question, word))],
        new ListingColumn<(string Question, VerdictReliability Word)>("question", "Known of the run", row => row.Question),
        new("verdict", "Verdict", row => DeclaredName.Of(row.Word.Verdict)),
        new("verdicts", "Reports", row => row.Word.Verdicts, IsNumber: true),
        new("predicted", "Predicted to fit", row => row.Word.Predicted, row => Readable.Percent(row.Word.Predicted), IsNumber: true),
        new("ran", "Fitted", row => row.Word.Ran, row => Readable.Percent(row.Word.Ran), IsNumber: true));

    /// <summary>One row per question and number of peaks learned.</summary>
    public static Listing<LearnedAccuracy> Learned(IReadOnlyList<LearnedAccuracy> learned) => new(
        "memory_learned", "Peaks of unseen sources with their stack's first ones learned", [.. learned],
        new ListingColumn<LearnedAccuracy>("question", "Known of the run", row => row.Question),
        new("learned", "Learned", row => row.Learned, IsNumber: true),
        new("stacks", "Stacks", row => row.Stacks, IsNumber: true),
        new("peaks", "Other peaks", row => row.Peaks, IsNumber: true),
        LearnedShare("mean_error", "Mean error", row => row.MeanError),
        LearnedShare("median_error", "Median", row => row.MedianError),
        LearnedShare("coverage", "In 90 % interval", row => row.Coverage),
        LearnedShare("mean_error_without", "Mean without", row => row.MeanErrorWithout),
        LearnedShare("median_error_without", "Median without", row => row.MedianErrorWithout));

    private static ListingColumn<LearnedAccuracy> LearnedShare(string name, string title, Func<LearnedAccuracy, double> share) =>
        new(name, title, row => Stated(share(row)), row => Stated(share(row)) is { } stated ? Readable.Percent(stated) : Readable.Missing,
            IsNumber: true);

    private static ListingColumn<MemoryAccuracy> Share(string name, string title, Func<MemoryAccuracy, double> share) =>
        new(name, title, row => Stated(share(row)), row => Stated(share(row)) is { } stated ? Readable.Percent(stated) : Readable.Missing,
            IsNumber: true);

    private static double? Stated(double value) => double.IsNaN(value) ? null : value;
}
