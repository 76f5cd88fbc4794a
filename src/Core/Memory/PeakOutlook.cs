using MathNet.Numerics.Distributions;
using SlmPlanner.Core.Training;

namespace SlmPlanner.Core.Memory;

/// <summary>
/// How sure the memory of a model is: its peak has a log-normal spread around the prediction. Where the software stack is unknown it is
/// a mixture over what known stacks keep. Asking allocates nothing.
/// </summary>
public sealed class PeakOutlook
{
    private readonly double _logSpread;
    private readonly (double Weight, MemoryModel Model)[] _mixture;

    /// <summary>The outlook of one stack.</summary>
    /// <param name="model">The prediction.</param>
    /// <param name="logSpread">Standard deviation of the logarithm of the peak, ≥ 0; 0 makes a prediction certain.</param>
    /// <param name="mixture">Weights and models of the stacks that it may be; empty where the stack is known. Weights add up to 1.</param>
    public PeakOutlook(MemoryModel model, double logSpread, IReadOnlyList<(double Weight, MemoryModel Model)>? mixture = null) =>
        (Model, _logSpread, _mixture) = (model, logSpread, mixture is { Count: > 0 } ? [.. mixture] : [(1, model)]);

    /// <summary>The model whose peak is shown: that of the stack, or of the one assumed where it is unknown.</summary>
    public MemoryModel Model { get; }

    /// <summary>The probability, 0 to 1, that a setup fits into so many bytes: Σ w·Φ((ln bytes − ln peak)/σ).</summary>
    public double FitsProbability(in TrainingSetup setup, double bytes)
    {
        var sum = 0.0;
        foreach (var (weight, model) in _mixture)
            sum += weight * Below(model.Predict(setup).Total.Count, bytes);
        return sum;
    }

    /// <summary>The bytes into which a setup fits with a probability: of one stack peak·e^(zσ).</summary>
    /// <param name="setup">The setup.</param>
    /// <param name="limit">The confidence and its quantile.</param>
    public double Needed(in TrainingSetup setup, MemoryLimit limit)
    {
        var stretch = Math.Exp(limit.Deviations * _logSpread);
        if (_mixture.Length == 1)
            return _mixture[0].Model.Predict(setup).Total.Count * stretch;
        Span<double> peaks = stackalloc double[_mixture.Length];
        double low = double.PositiveInfinity, high = 0;
        for (var i = 0; i < peaks.Length; i++)
        {
            peaks[i] = _mixture[i].Model.Predict(setup).Total.Count;
            low = Math.Min(low, peaks[i]);
            high = Math.Max(high, peaks[i]);
        }
        return Quantile(peaks, low * stretch, high * stretch, limit.Confidence);
    }

    /// <summary>True when a setup fits into the limit's bytes with its confidence.</summary>
    public bool Fits(in TrainingSetup setup, MemoryLimit limit)
    {
        if (_mixture.Length == 1)
            return Needed(setup, limit) <= limit.Bytes;
        var within = limit.Bytes / Math.Exp(limit.Deviations * _logSpread);
        Span<double> peaks = stackalloc double[_mixture.Length];
        double low = double.PositiveInfinity, high = 0;
        for (var i = 0; i < peaks.Length; i++)
        {
            peaks[i] = _mixture[i].Model.Predict(setup).Total.Count;
            low = Math.Min(low, peaks[i]);
            high = Math.Max(high, peaks[i]);
        }
        return high <= within || (low <= within && Share(peaks, limit.Bytes) >= limit.Confidence);
    }

    /// <summary>True when <see cref="Needed"/> is no less than so many bytes, without working it out.</summary>
    public bool NeedsAtLeast(in TrainingSetup setup, in MemoryLimit limit, double bytes) =>
        double.IsFinite(bytes) && !Fits(setup, limit with { Bytes = bytes });

    private double Quantile(ReadOnlySpan<double> peaks, double low, double high, double confidence)
    {
        const int Bisections = 40;
        for (var i = 0; i < Bisections && high > low * (1 + 1e-9); i++)
        {
            var middle = Math.Sqrt(low * high);
            if (Share(peaks, middle) >= confidence)
                high = middle;
            else
                low = middle;
        }
        return high;
    }

    private double Share(ReadOnlySpan<double> peaks, double bytes)
    {
        var sum = 0.0;
        for (var i = 0; i < peaks.Length; i++)
            sum += _mixture[i].Weight * Below(peaks[i], bytes);
        return sum;
    }

    private double Below(double peak, double bytes) =>
        _logSpread > 0 ? Normal.CDF(0, 1, Math.Log(bytes / peak) / _logSpread)
        : peak <= bytes ? 1 : 0;
}

/// <summary>What a setup's memory must keep.</summary>
/// <param name="Bytes">Memory of a device that a run may use.</param>
/// <param name="Confidence">Probability with which it must, 0 to 1.</param>
/// <param name="Deviations">One-sided standard normal quantile of that probability.</param>
public readonly record struct MemoryLimit(double Bytes, double Confidence, double Deviations);
