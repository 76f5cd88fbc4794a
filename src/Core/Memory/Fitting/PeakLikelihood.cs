namespace SlmPlanner.Core.Memory.Fitting;

/// <summary>
/// The likelihood of what a run tells, given predicted peaks: a density where it tells a peak, and the probability of fitting, or of not
/// fitting, where it tells that alone (a bound). The tails of <see cref="PeakTail"/> keep a report about something else from pulling
/// without bound.
/// </summary>
internal static class PeakLikelihood
{
    private const double Least = 1e-12;

    /// <summary>Minus the logarithm of the likelihood.</summary>
    /// <param name="seen">What the run tells.</param>
    /// <param name="peaks">Predicted bytes of the kind that it tells, or of the device, each with its probability.</param>
    /// <param name="spread">Spread of the logarithm of a peak.</param>
    public static double Loss(PeakObservation seen, IEnumerable<(double Probability, double Bytes)> peaks, double spread)
    {
        var sum = 0.0;
        foreach (var (probability, peak) in peaks)
            sum += probability * (seen.PeakBytes is { } measured ? PeakTail.Density(Math.Log(measured / peak) / spread) / spread
                : Bound(seen, peak, spread));
        return -Math.Log(sum + Least);
    }

    private static double Bound(PeakObservation seen, double peak, double spread)
    {
        var fits = PeakTail.Below(Math.Log(seen.DeviceBytes / peak) / spread);
        return seen.Ran ? fits : 1 - fits;
    }
}
