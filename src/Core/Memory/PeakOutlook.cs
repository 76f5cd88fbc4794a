using SlmPlanner.Core.Training;

namespace SlmPlanner.Core.Memory;

/// <summary>
/// How sure the memory of a model is: the logarithm of its peak has a heavy-tailed spread (<see cref="PeakTail"/>) around the prediction.
/// Where the software stack is unknown it is a mixture over what known stacks keep. Asking allocates nothing.
/// </summary>
public sealed class PeakOutlook
{
    private readonly double _logSpread;
    private readonly MemoryModel[] _models;

    /// <summary>Weights of the models, one row for each group of shardings.</summary>
    private readonly double[] _weights;

    /// <summary>The outlook of one stack.</summary>
    /// <param name="model">The prediction.</param>
    /// <param name="logSpread">Spread of the logarithm of the peak, ≥ 0; 0 makes a prediction certain.</param>
    public PeakOutlook(MemoryModel model, double logSpread)
        : this(model, logSpread, [new("", 1)], [model])
    {
    }

    /// <summary>The outlook of a stack that may be of several kinds.</summary>
    /// <param name="model">The prediction that is shown.</param>
    /// <param name="logSpread">Spread of the logarithm of the peak around each kind, ≥ 0.</param>
    /// <param name="kinds">What it may be.</param>
    /// <param name="models">The model of each kind.</param>
    public PeakOutlook(MemoryModel model, double logSpread, IReadOnlyList<StackWeight> kinds, IReadOnlyList<MemoryModel> models)
    {
        (Model, _logSpread, _models) = (model, logSpread, [.. models]);
        _weights = new double[StackWeight.Groups * kinds.Count];
        var gated = model.Shape.FfnKind == Models.Blocks.FfnKind.Swiglu;
        for (var group = 0; group < StackWeight.Groups; group++)
        {
            var all = kinds.Sum(kind => kind.Given(group, gated));
            for (var i = 0; i < kinds.Count; i++)
                _weights[(group * kinds.Count) + i] = kinds[i].Given(group, gated) / all;
        }
    }

    /// <summary>The model whose peak is shown: that of the stack, or of the one assumed where it is unknown.</summary>
    public MemoryModel Model { get; }

    /// <summary>Spread of the logarithm of the peak around each kind.</summary>
    internal double LogSpread => _logSpread;

    /// <summary>The model of each kind.</summary>
    internal IReadOnlyList<MemoryModel> Kinds => _models;

    /// <summary>The probability, 0 to 1, that a setup fits into so many bytes: Σ w·F((ln bytes − ln peak)/σ).</summary>
    public double FitsProbability(in TrainingSetup setup, double bytes)
    {
        var weights = WeightsOf(setup);
        var sum = 0.0;
        for (var i = 0; i < _models.Length; i++)
            sum += weights[i] * Below(_models[i].Predict(setup).Total.Count, bytes);
        return sum;
    }

    /// <summary>The bytes into which a setup fits with a probability: of one stack peak·e^(tσ).</summary>
    /// <param name="setup">The setup.</param>
    /// <param name="limit">The confidence and its quantile.</param>
    public double Needed(in TrainingSetup setup, in MemoryLimit limit)
    {
        var stretch = Math.Exp(limit.Deviations * _logSpread);
        if (_models.Length == 1)
            return _models[0].Predict(setup).Total.Count * stretch;
        Span<double> peaks = stackalloc double[_models.Length];
        var (low, high) = Peaks(setup, peaks);
        return Quantile(WeightsOf(setup), peaks, low * stretch, high * stretch, limit.Confidence);
    }

    /// <summary>True when a setup fits into the limit's bytes with its confidence.</summary>
    public bool Fits(in TrainingSetup setup, in MemoryLimit limit)
    {
        if (_models.Length == 1)
            return Needed(setup, limit) <= limit.Bytes;
        var within = limit.Bytes / Math.Exp(limit.Deviations * _logSpread);
        var weights = WeightsOf(setup);
        Span<double> peaks = stackalloc double[_models.Length];
        var (most, isEach) = (1.0, true);
        for (var i = 0; i < peaks.Length; i++)
        {
            peaks[i] = _models[i].Predict(setup).Total.Count;
            if (peaks[i] <= within)
                continue;
            isEach = false;
            most -= weights[i] * (1 - Below(peaks[i], limit.Bytes));
            if (most < limit.Confidence)
                return false;
        }
        return isEach || Share(weights, peaks, limit.Bytes) >= limit.Confidence;
    }

    /// <summary>True when <see cref="Needed"/> is no less than so many bytes, without working it out.</summary>
    public bool NeedsAtLeast(in TrainingSetup setup, in MemoryLimit limit, double bytes) =>
        double.IsFinite(bytes) && !Fits(setup, limit with { Bytes = bytes });

    /// <summary>The probability that a peak predicted so lies below so many bytes.</summary>
    internal double Below(double peak, double bytes) =>
        _logSpread > 0 ? PeakTail.Below(Math.Log(bytes / peak) / _logSpread)
        : peak <= bytes ? 1 : 0;

    /// <summary>Probability of each kind under a setup.</summary>
    internal ReadOnlySpan<double> WeightsOf(in TrainingSetup setup) =>
        _weights.AsSpan(StackWeight.GroupOf(setup) * _models.Length, _models.Length);

    private (double Low, double High) Peaks(in TrainingSetup setup, Span<double> peaks)
    {
        double low = double.PositiveInfinity, high = 0;
        for (var i = 0; i < peaks.Length; i++)
        {
            peaks[i] = _models[i].Predict(setup).Total.Count;
            low = Math.Min(low, peaks[i]);
            high = Math.Max(high, peaks[i]);
        }
        return (low, high);
    }

    private double Quantile(ReadOnlySpan<double> weights, ReadOnlySpan<double> peaks, double low, double high, double confidence)
    {
        const int Bisections = 40;
        for (var i = 0; i < Bisections && high > low * (1 + 1e-9); i++)
        {
            var middle = Math.Sqrt(low * high);
            if (Share(weights, peaks, middle) >= confidence)
                high = middle;
            else
                low = middle;
        }
        return high;
    }

    private double Share(ReadOnlySpan<double> weights, ReadOnlySpan<double> peaks, double bytes)
    {
        var sum = 0.0;
        for (var i = 0; i < peaks.Length; i++)
            sum += weights[i] * Below(peaks[i], bytes);
        return sum;
    }
}

/// <summary>What a setup's memory must keep.</summary>
/// <param name="Bytes">Memory of a device that a run may use.</param>
/// <param name="Confidence">Probability with which it must, above 0 and below 1.</param>
public readonly record struct MemoryLimit(double Bytes, double Confidence)
{
    /// <summary>Spreads below which a peak lies with that probability.</summary>
    internal double Deviations { get; } = PeakTail.Quantile(Confidence);
}
