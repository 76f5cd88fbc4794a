namespace SlmPlanner.Calibrator.Matrix;

/// <summary>
/// Ends a run early when refitting no longer changes how plans rank: Kendall's τ between the rankings of two successive fits is
/// high several times in a row, and the model is sure enough of itself.
/// </summary>
internal sealed class RankingStop
{
    private const double SettledTau = 0.985;
    private const double SureDeviation = 0.03;
    private const int TimesInARow = 3;
    private double[]? _last;
    private int _settled;

    /// <summary>Kendall's τ between the last two rankings; null before there are two.</summary>
    public double? Tau { get; private set; }

    /// <summary>Takes the predictions of a new fit for the same plans.</summary>
    /// <param name="tokensPerSecond">Predicted speed of each plan.</param>
    /// <param name="deviation">Root mean square uncertainty of those predictions.</param>
    /// <returns>True when nothing more is to be learned about the ranking.</returns>
    public bool IsSettled(double[] tokensPerSecond, double deviation)
    {
        if (_last is not null)
        {
            Tau = KendallTau(_last, tokensPerSecond);
            _settled = Tau >= SettledTau && deviation <= SureDeviation ? _settled + 1 : 0;
        }
        _last = tokensPerSecond;
        return _settled >= TimesInARow;
    }

    /// <summary>Share of pairs in the same order minus share in opposite order (Kendall 1938).</summary>
    internal static double KendallTau(double[] left, double[] right)
    {
        var sum = 0;
        for (var i = 0; i < left.Length; i++)
        {
            for (var j = 0; j < i; j++)
                sum += Math.Sign(left[i] - left[j]) * Math.Sign(right[i] - right[j]);
        }
        return 2.0 * sum / (left.Length * (left.Length - 1.0));
    }
}
