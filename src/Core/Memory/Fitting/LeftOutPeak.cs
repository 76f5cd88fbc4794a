using SlmPlanner.Core.Measurements;

namespace SlmPlanner.Core.Memory.Fitting;

/// <summary>A run predicted by constants that were fitted without its source.</summary>
/// <param name="Seen">The run.</param>
/// <param name="Weight">What it counts: one over its source's rows.</param>
/// <param name="Peak">What its peak may be.</param>
internal sealed record LeftOutPeak(PeakObservation Seen, double Weight, PeakPossibilities Peak)
{
    private readonly (double Probability, double Bytes)[] _told = [.. Told(Seen, Peak)];

    private readonly (double Probability, double Bytes)[] _device = [.. Peak.Of(MemoryKind.Device)];

    /// <summary>The predicted peak: the median of its possibilities.</summary>
    public double Bytes
    {
        get
        {
            var sum = 0.0;
            foreach (var (probability, bytes) in _told.OrderBy(peak => peak.Bytes))
            {
                sum += probability;
                if (sum >= 0.5 - 1e-9)
                    return bytes;
            }
            return _told.Max(peak => peak.Bytes);
        }
    }

    /// <summary>The probability that it fits its device.</summary>
    public double FitsProbability(double spread) =>
        _device.Sum(peak => peak.Probability * PeakTail.Below(Math.Log(Seen.DeviceBytes / peak.Bytes) / spread));

    /// <summary>Minus the logarithm of the likelihood of what it tells.</summary>
    public double Loss(double spread) => PeakLikelihood.Loss(Seen, Seen.PeakBytes is null ? _device : _told, spread);

    private static IEnumerable<(double, double)> Told(PeakObservation seen, PeakPossibilities peak) =>
        from kind in seen.Kinds
        from possible in peak.Of(kind.Kind)
        select (kind.Probability * possible.Probability, possible.Bytes);
}
