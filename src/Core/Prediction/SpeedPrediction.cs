using SlmPlanner.Core.Fitting;

namespace SlmPlanner.Core.Prediction;

/// <summary>Predicted speed of a workload.</summary>
/// <param name="LogSecondsPerToken">Natural logarithm of seconds per token and device.</param>
/// <param name="LogDeviation">Its computed standard deviation: coefficients, noise, and what the observation leaves open.</param>
/// <param name="Scale">How much wider than computed an interval of each level must be.</param>
internal readonly record struct SpeedPrediction(double LogSecondsPerToken, double LogDeviation, IntervalScale Scale)
{
    /// <summary>Tokens per second and device.</summary>
    public double TokensPerSecond => Math.Exp(-LogSecondsPerToken);

    /// <summary>The central interval that holds the measured speed with a probability.</summary>
    /// <param name="confidence">Between 0 and 1.</param>
    public (double Low, double High) Interval(double confidence)
    {
        var reach = IntervalScale.Reach(confidence) * Scale.At(confidence) * LogDeviation;
        return (Math.Exp(-LogSecondsPerToken - reach), Math.Exp(-LogSecondsPerToken + reach));
    }
}
