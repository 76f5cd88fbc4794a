namespace SlmPlanner.Core.Memory.Fitting;

/// <summary>What the memory fit found, and how good it is on sources that it has not seen.</summary>
/// <param name="Fitted">Constants, spreads and mixture from all runs.</param>
/// <param name="Named">Each source left out, its stack named.</param>
/// <param name="Unnamed">Each source left out, its stack not named.</param>
/// <param name="Rows">Each run left out with its source, its stack named.</param>
public sealed record MemoryFitReport(FittedMemory Fitted, MemoryAccuracy Named, MemoryAccuracy Unnamed, IReadOnlyList<LeftOutRow> Rows)
{
    /// <summary>The same with no stack named.</summary>
    public IReadOnlyList<LeftOutRow> UnnamedRows { get; init; } = [];

    /// <summary>The same with the first peaks of each publication learned.</summary>
    public IReadOnlyList<LearnedAccuracy> Learned { get; init; } = [];
}

/// <summary>A run predicted without its source.</summary>
/// <param name="Id">The row.</param>
/// <param name="Source">Its source.</param>
/// <param name="PredictedBytes">Predicted peak of the kind it tells.</param>
/// <param name="MeasuredBytes">What it tells; null where it only ran or did not.</param>
/// <param name="FitsProbability">Predicted probability that it fits its device.</param>
/// <param name="Ran">Whether it did.</param>
public sealed record LeftOutRow(string Id, string Source, double PredictedBytes, double? MeasuredBytes, double FitsProbability, bool Ran);

/// <summary>A verdict and what happened.</summary>
/// <param name="Id">The row.</param>
/// <param name="Probability">Predicted probability of fitting.</param>
/// <param name="Ran">Whether it fitted.</param>
internal sealed record MemoryVerdict(string Id, double Probability, bool Ran);

/// <summary>Errors of peaks and of verdicts.</summary>
/// <param name="Question">What was known of the runs.</param>
/// <param name="Peaks">Runs that tell a peak.</param>
/// <param name="MeanPeakError">Their mean absolute relative error; NaN without any.</param>
/// <param name="Verdicts">Reports that tell whether a run fitted.</param>
/// <param name="SureShare">Share of them with a probability above 0.9 or below 0.1.</param>
/// <param name="SureRight">Share of those that are right; NaN without any.</param>
/// <param name="Brier">Mean square of probability less outcome; 0 is perfect, 0.25 a coin.</param>
public sealed record MemoryAccuracy(
    string Question, int Peaks, double MeanPeakError, int Verdicts, double SureShare, double SureRight, double Brier)
{
    /// <summary>Median absolute relative error of the peaks; NaN without any.</summary>
    public double MedianPeakError { get; init; } = double.NaN;

    /// <summary>Limits that were measured: the largest micro-batch that ran where a larger one did not.</summary>
    public int Limits { get; init; }

    /// <summary>Mean distance there of the predicted peak from the memory that a run can use, as a share of it; NaN without any.</summary>
    public double LimitError { get; init; } = double.NaN;

    /// <summary>What of it the steps of micro-batches alone would leave of a right prediction: half a step on average.</summary>
    public double LimitHalfStep { get; init; } = double.NaN;

    /// <summary>Mean distance by which predictions there contradict what ran and what did not, as a share of the memory.</summary>
    public double LimitOutside { get; init; } = double.NaN;

    /// <summary>Predicted probabilities against outcomes, by the word of the verdict.</summary>
    public IReadOnlyList<VerdictReliability> Reliability { get; init; } = [];

    /// <summary>The figures of errors and verdicts.</summary>
    internal static MemoryAccuracy Of(
        string question, IReadOnlyCollection<double> errors, IReadOnlyCollection<MemoryVerdict> verdicts,
            IReadOnlyList<MeasuredLimit> limits)
    {
        var sure = verdicts.Where(verdict => Math.Abs(verdict.Probability - 0.5) > FitVerdicts.Sure - 0.5).ToList();
        return new(question, errors.Count, Mean(errors), verdicts.Count,
            verdicts.Count == 0 ? double.NaN : (double)sure.Count / verdicts.Count,
            Mean([.. sure.Select(verdict => verdict.Probability > 0.5 == verdict.Ran ? 1.0 : 0)]),
            Mean([.. verdicts.Select(verdict => Math.Pow(verdict.Probability - (verdict.Ran ? 1 : 0), 2))]))
        {
            MedianPeakError = errors.Count == 0 ? double.NaN : errors.Order().ElementAt(errors.Count / 2),
            Limits = limits.Count,
            LimitError = Mean([.. limits.Select(limit => limit.Off)]),
            LimitHalfStep = Mean([.. limits.Select(limit => limit.HalfStep)]),
            LimitOutside = Mean([.. limits.Select(limit => limit.Outside)]),
            Reliability = [.. verdicts.GroupBy(verdict => FitVerdicts.Of(verdict.Probability)).OrderBy(word => word.Key)
                .Select(word => new VerdictReliability(word.Key, word.Count(), word.Average(one => one.Probability),
                    word.Average(one => one.Ran ? 1.0 : 0)))],
        };
    }

    private static double Mean(IReadOnlyCollection<double> values) => values.Count == 0 ? double.NaN : values.Average();
}

/// <summary>Verdicts of one word: what was predicted, and what happened.</summary>
/// <param name="Verdict">The word.</param>
/// <param name="Verdicts">How many.</param>
/// <param name="Predicted">Mean predicted probability of fitting.</param>
/// <param name="Ran">Share that fitted.</param>
public sealed record VerdictReliability(FitVerdict Verdict, int Verdicts, double Predicted, double Ran);
