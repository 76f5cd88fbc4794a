using MathNet.Numerics.Distributions;

namespace SlmPlanner.Core.Memory.Fitting;

/// <summary>A run predicted by constants that were fitted without its source.</summary>
/// <param name="Seen">The run.</param>
/// <param name="Weight">What it counts: one over the root of its source's rows.</param>
/// <param name="Peaks">Predicted bytes of what it tells, with the probability of each.</param>
/// <param name="DevicePeaks">Predicted bytes on the device, with the same probabilities.</param>
internal sealed record LeftOutPeak(
    PeakObservation Seen, double Weight, IReadOnlyList<(double Probability, double Bytes)> Peaks, IReadOnlyList<(double Probability, double Bytes)> DevicePeaks)
{
    /// <summary>The predicted peak: the median of its possibilities.</summary>
    public double Bytes
    {
        get
        {
            var sum = 0.0;
            foreach (var (probability, bytes) in Peaks.OrderBy(peak => peak.Bytes))
            {
                sum += probability;
                if (sum >= 0.5)
                    return bytes;
            }
            return Peaks.Max(peak => peak.Bytes);
        }
    }

    /// <summary>The probability that it fits its device.</summary>
    public double FitsProbability(double spread) =>
        DevicePeaks.Sum(peak => peak.Probability * Normal.CDF(0, 1, Math.Log(Seen.DeviceBytes / peak.Bytes) / spread));

    /// <summary>Minus the logarithm of the likelihood of what it tells.</summary>
    public double Loss(double spread)
    {
        var likelihood = Seen.PeakBytes is { } measured
            ? Peaks.Sum(peak => peak.Probability * PeakLikelihood.Density(Math.Log(measured / peak.Bytes), spread))
            : DevicePeaks.Sum(peak => peak.Probability * PeakLikelihood.Bound(Seen, peak.Bytes, spread));
        return -Math.Log(likelihood);
    }
}
