namespace SlmPlanner.Core.Memory.Fitting;

/// <summary>How much learned peaks help: peaks of a publication's stack with its first ones learned, and without.</summary>
/// <param name="Question">What was known of the runs.</param>
/// <param name="Learned">How many of its runs were learned.</param>
/// <param name="Stacks">Stacks of publications that tell more peaks than that.</param>
/// <param name="Peaks">Their other peaks.</param>
/// <param name="MeanError">Mean absolute relative error of those with the first ones learned.</param>
/// <param name="MedianError">Its median.</param>
/// <param name="Coverage">Share of them inside the 90 % interval.</param>
/// <param name="MeanErrorWithout">The mean error without them learned.</param>
/// <param name="MedianErrorWithout">Its median.</param>
public sealed record LearnedAccuracy(
    string Question, int Learned, int Stacks, int Peaks, double MeanError, double MedianError, double Coverage, double MeanErrorWithout,
    double MedianErrorWithout)
{
    /// <summary>The figures of peaks.</summary>
    internal static LearnedAccuracy Of(string question, int learned, IReadOnlyList<IReadOnlyList<LearnedPeak>> stacks)
    {
        var peaks = stacks.SelectMany(stack => stack).ToList();
        var (after, before) = (peaks.ConvertAll(peak => peak.Error), peaks.ConvertAll(peak => peak.ErrorWithout));
        return new(question, learned, stacks.Count, peaks.Count, Mean(after), Middle(after),
            Mean(peaks.ConvertAll(peak => peak.Covered ? 1.0 : 0)),
            Mean(before), Middle(before));
    }

    private static double Mean(List<double> values) => values.Count == 0 ? double.NaN : values.Average();

    private static double Middle(List<double> values) => values.Count == 0 ? double.NaN : values.Order().ElementAt(values.Count / 2);
}

/// <summary>A peak predicted with others of its stack learned, and without.</summary>
/// <param name="Error">Absolute relative error.</param>
/// <param name="ErrorWithout">The same without them.</param>
/// <param name="Covered">Whether it lies in the 90 % interval.</param>
internal sealed record LearnedPeak(double Error, double ErrorWithout, bool Covered);
