using SlmPlanner.Core.Accuracy;
using SlmPlanner.Presentation.Tables;
using SlmPlanner.Presentation.Wording;

namespace SlmPlanner.Presentation.Accuracy;

/// <summary>The accuracy table as a listing.</summary>
internal static class AccuracyTable
{
    /// <summary>One row per line of the report.</summary>
    public static Listing<AccuracyLine> Of(AccuracyReport report) =>
        new("accuracy", "Error on rows that the fit has not seen", report.Lines,
        new ListingColumn<AccuracyLine>("left_out", "Left out", line => FitFindingWords.Of(line.Scheme)),
        new("rows_of", "Rows of", line => line.Slice),
        new("rows", "Rows", line => line.Model.Rows, IsNumber: true),
        Share("mean_error", "Mean error", line => line.Model.MeanError),
        Share("median_error", "Median", line => line.Model.MedianError),
        Share("bias", "Bias", line => line.Model.Bias),
        Share("ninetieth_error", "90th pct", line => line.Model.NinetiethError),
        Share("coverage", "In 90 % interval", line => line.Coverage),
        Plain("rank_correlation", "Rank corr.", line => line.Model.RankCorrelation),
        Share("regret", "Regret", line => line.Model.Regret),
        Share("naive_mean_error", "Naive: mean error", line => line.Naive.MeanError),
        Share("naive_median_error", "Naive: median", line => line.Naive.MedianError),
        Share("naive_regret", "Naive: regret", line => line.Naive.Regret));

    private static ListingColumn<AccuracyLine> Share(string key, string header, Func<AccuracyLine, double> value) =>
        new(key, header, line => Known(value(line)), line => double.IsNaN(value(line)) ? "–"
            : FormattableString.Invariant($"{100 * value(line):0.0} %"), IsNumber: true);

    private static ListingColumn<AccuracyLine> Plain(string key, string header, Func<AccuracyLine, double> value) =>
        new(key, header, line => Known(value(line)), line => double.IsNaN(value(line)) ? "–"
            : FormattableString.Invariant($"{value(line):0.00}"), IsNumber: true);

    private static double? Known(double value) => double.IsNaN(value) ? null : value;
}
