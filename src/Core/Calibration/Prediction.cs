using MathNet.Numerics.Distributions;

namespace SlmPlanner.Core.Calibration;

/// <summary>Predicted speed of a workload.</summary>
/// <param name="LogSecondsPerToken">Natural logarithm of seconds per token and device.</param>
/// <param name="LogDeviation">Its standard deviation: coefficients, noise, and what the record leaves open.</param>
public readonly record struct Prediction(double LogSecondsPerToken, double LogDeviation)
{
    /// <summary>Tokens per second and device.</summary>
    public double TokensPerSecond => Math.Exp(-LogSecondsPerToken);

    /// <summary>The central interval that holds the measured speed with a probability.</summary>
    /// <param name="confidence">Between 0 and 1.</param>
    public (double Low, double High) Interval(double confidence)
    {
        var reach = Normal.InvCDF(0, 1, 0.5 + confidence / 2) * LogDeviation;
        return (Math.Exp(-LogSecondsPerToken - reach), Math.Exp(-LogSecondsPerToken + reach));
    }
}
