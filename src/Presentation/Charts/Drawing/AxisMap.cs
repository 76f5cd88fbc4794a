namespace SlmPlanner.Presentation.Charts.Drawing;

/// <summary>Where values lie along an axis of some length in pixels.</summary>
internal sealed class AxisMap
{
    private readonly bool _isLog;
    private readonly double _first;
    private readonly double _last;

    /// <summary>An axis over the values, with room at both ends.</summary>
    /// <param name="scale">How values are spaced.</param>
    /// <param name="values">What must be visible; at least one value.</param>
    /// <param name="pixels">Length.</param>
    /// <param name="roomBefore">Pixels kept free before the first value.</param>
    /// <param name="roomAfter">Pixels kept free after the last value.</param>
    public AxisMap(AxisScale scale, IEnumerable<double> values, float pixels, float roomBefore, float roomAfter)
    {
        Scale = scale;
        Pixels = pixels;
        _isLog = scale is AxisScale.Log or AxisScale.LogHours or AxisScale.PowersOfTwo;
        var places = values.Select(Place).ToArray();
        var (low, high) = (places.Min(), places.Max());
        (_first, _last) = (low, high);
        if (scale == AxisScale.FromZero)
            (low, roomBefore) = (0, 0);
        if (high - low < 1e-9)
            (low, high) = (low - Half(low), high + Half(high));
        var perPixel = (high - low) / Math.Max(1, pixels - roomBefore - roomAfter);
        (Low, High) = (low - roomBefore * perPixel, high + roomAfter * perPixel);
    }

    /// <summary>How values are spaced.</summary>
    public AxisScale Scale { get; }

    /// <summary>Length in pixels.</summary>
    public float Pixels { get; }

    /// <summary>The place of the axis' start.</summary>
    public double Low { get; }

    /// <summary>The place of the axis' end.</summary>
    public double High { get; }

    /// <summary>Where a value is drawn: itself, or its decimal logarithm.</summary>
    public double Place(double value) => _isLog ? Math.Log10(value) : value;

    /// <summary>Pixels from the axis' start to a value.</summary>
    public float Pixel(double value) => (float)((Place(value) - Low) / (High - Low) * Pixels);

    /// <summary>Round values along the axis; powers of two end with the data, since half a device can't be had.</summary>
    public IReadOnlyList<double> Ticks(int wanted) => Scale == AxisScale.PowersOfTwo
        ? AxisTicks.Between(Scale, Value(_first), Value(_last), wanted)
        : AxisTicks.Between(Scale, Value(Low), Value(High), wanted);

    private double Value(double place) => _isLog ? Math.Pow(10, place) : place;

    private double Half(double place) => _isLog ? 0.15 : Math.Max(1e-9, Math.Abs(place) * 0.5);
}
