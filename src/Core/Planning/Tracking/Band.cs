namespace SlmPlanner.Core.Planning.Tracking;

/// <summary>A number with its 90 % interval.</summary>
/// <param name="Low">Lower end.</param>
/// <param name="Median">Median.</param>
/// <param name="High">Upper end.</param>
public readonly record struct Band(double Low, double Median, double High)
{
    /// <summary>Every end through a rising function.</summary>
    public Band Through(Func<double, double> of) => new(of(Low), of(Median), of(High));
}
