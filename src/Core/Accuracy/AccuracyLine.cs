namespace SlmPlanner.Core.Accuracy;

/// <summary>How good held-out predictions are. Shares are of the measured speed, so 0.03 is 3 %.</summary>
/// <param name="Rows">Rows predicted.</param>
/// <param name="Groups">Groups left out.</param>
/// <param name="MeanError">Mean absolute error.</param>
/// <param name="MedianError">Median absolute error.</param>
/// <param name="Bias">Mean error with its sign; positive is too fast.</param>
/// <param name="NinetiethError">90th percentile of the absolute error.</param>
/// <param name="RankCorrelation">Spearman's, within each device, weighted by rows.</param>
/// <param name="Regret">Mean share of speed lost by taking the configuration predicted best among those measured.</param>
public sealed record ErrorSummary(
    int Rows, int Groups, double MeanError, double MedianError, double Bias, double NinetiethError, double RankCorrelation, double Regret);

/// <summary>One line of the accuracy table.</summary>
/// <param name="Scheme">What was left out.</param>
/// <param name="Slice">Which rows the line is about: <c>all</c>, or a stack.</param>
/// <param name="Model">Our accuracy.</param>
/// <param name="Coverage">Share of rows inside their 90 % interval.</param>
/// <param name="Naive">The naive rule's accuracy on the same rows.</param>
public sealed record AccuracyLine(LeaveOut Scheme, string Slice, ErrorSummary Model, double Coverage, ErrorSummary Naive);
