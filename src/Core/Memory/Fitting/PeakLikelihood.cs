using MathNet.Numerics.Distributions;

namespace SlmPlanner.Core.Memory.Fitting;

/// <summary>
/// The likelihood of what a run tells, given predicted peaks: a log-normal density where it tells a peak, and the probability of fitting,
/// or of not fitting, where it tells that alone. A twentieth of the reports is taken to be about something else (a field read or assumed
/// wrongly), so that none of them pulls without bound.
/// </summary>
internal static class PeakLikelihood
{
    private const double Stray = 0.05;
    private const double StraySpread = 1;

    /// <summary>Minus the logarithm of the likelihood.</summary>
    /// <param name="seen">What the run tells.</param>
    /// <param name="peaks">Predicted bytes of each way in which it may have been run, of the kind that it tells, or of the device.</param>
    /// <param name="spread">Standard deviation of the logarithm of a peak.</param>
    public static double Loss(PeakObservation seen, ReadOnlySpan<double> peaks, double spread)
    {
        var sum = 0.0;
        for (var i = 0; i < peaks.Length; i++)
        {
            var peak = peaks[i];
            sum += seen.Ways[i].Probability * (seen.PeakBytes is { } measured ? Density(Math.Log(measured / peak), spread) : Bound(seen, peak, spread));
        }
        return -Math.Log(sum);
    }

    /// <summary>Density of a logarithmic error.</summary>
    public static double Density(double error, double spread) =>
        ((1 - Stray) * Normal.PDF(0, spread, error)) + (Stray * Normal.PDF(0, StraySpread, error));

    /// <summary>Likelihood of having run, or not, with a predicted peak.</summary>
    public static double Bound(PeakObservation seen, double peak, double spread)
    {
        var fits = Normal.CDF(0, 1, Math.Log(seen.DeviceBytes / peak) / spread);
        return ((1 - Stray) * (seen.Ran ? fits : 1 - fits)) + (Stray / 2);
    }
}
