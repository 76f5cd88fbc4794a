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
    public double Bytes => PeakPossibilities.Middle(_told);

    /// <summary>Logarithm of what it tells over what was predicted; NaN where it tells no peak.</summary>
    public double LogError => Seen.PeakBytes is { } seen ? Math.Log(seen / Bytes) : double.NaN;

    /// <summary>The predicted probability of a peak below the one that it tells.</summary>
    public double Below(double spread) => _told.Sum(peak =>
        peak.Probability * PeakTail.Below(Math.Log(Seen.PeakBytes!.Value / peak.Bytes) / spread));

    /// <summary>The probability that it fits its device.</summary>
    public double FitsProbability(double spread) =>
        _device.Sum(peak => peak.Probability * PeakTail.Below(Math.Log(Seen.DeviceBytes / peak.Bytes) / spread));

    /// <summary>Minus the logarithm of the likelihood of what it tells.</summary>
    public double Loss(double spread) => PeakLikelihood.Loss(Seen, Seen.PeakBytes is null ? _device : _told, spread);

    private static IEnumerable<(double, double)> Told(PeakObservation seen, PeakPossibilities peak) =>
        from reading in seen.Readings
        from possible in peak.Logged(reading.Kind)
        select (reading.Probability * possible.Probability, reading.Read * possible.Bytes);
}
