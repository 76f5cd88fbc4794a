namespace SlmPlanner.Core.Prediction;

/// <summary>How fast devices of a kind were measured beside what a fit to other rows says of the same configurations.</summary>
/// <param name="Device">The device's canonical name.</param>
/// <param name="Configurations">Measured configurations, ≥ 1.</param>
/// <param name="RowsOfDevice">Rows of this device that the fit rests on; 0 where it knows its datasheet alone.</param>
/// <param name="Speed">Geometric mean of measured over predicted speeds, above 0.</param>
/// <param name="SpeedLow">Lower end of its 90 % interval, by how exactly the steps were measured.</param>
/// <param name="SpeedHigh">Upper end.</param>
/// <param name="ExpectedLow">Lower end of the 90 % interval in which the fit expects it, about 1.</param>
/// <param name="ExpectedHigh">Upper end.</param>
public sealed record DeviceComparison(
    string Device, int Configurations, int RowsOfDevice, double Speed, double SpeedLow, double SpeedHigh, double ExpectedLow,
    double ExpectedHigh)
{
    /// <summary>True where the measured speed is no surprise to the fit.</summary>
    public bool IsExpected => Speed >= ExpectedLow && Speed <= ExpectedHigh;
}
