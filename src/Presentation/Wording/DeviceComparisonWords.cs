using SlmPlanner.Core.Prediction;

namespace SlmPlanner.Presentation.Wording;

/// <summary>A calibrated device beside published rows, in words.</summary>
internal static class DeviceComparisonWords
{
    private const double Unnoticed = 0.005;

    /// <summary>Whether it is slower or faster, and whether that was to be expected.</summary>
    public static string Short(DeviceComparison device) =>
        $"{Difference(device.Speed)}, {(device.IsExpected ? "inside" : "outside")} the interval";

    /// <summary>The whole sentence.</summary>
    public static string Of(DeviceComparison device) =>
        $"{device.Device}: {Difference(device.Speed)} than {Basis(device)}, in the mean of {Readable.Whole(device.Configurations)} "
        + $"{(device.Configurations == 1 ? "burst" : "bursts")}; {(device.IsExpected ? "inside" : "outside")} the 90 % interval of that "
        + $"prediction, {Readable.Percent(device.ExpectedLow)} to {Readable.Percent(device.ExpectedHigh)}.";

    private static string Basis(DeviceComparison device) => device.RowsOfDevice == 0
        ? "its datasheet and the published rows of other devices suggest"
        : $"published rows suggest, {Readable.Whole(device.RowsOfDevice)} of them of this device";

    private static string Difference(double speed) => Math.Abs(speed - 1) < Unnoticed ? "no slower or faster"
        : speed < 1 ? $"{Readable.Percent(1 - speed)} slower" : $"{Readable.Percent(speed - 1)} faster";
}
