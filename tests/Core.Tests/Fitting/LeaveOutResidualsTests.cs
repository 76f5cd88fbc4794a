using SlmPlanner.Core.Fitting;

namespace SlmPlanner.Tests.Fitting;

public sealed class LeaveOutResidualsTests
{
    /// <summary>
    /// One parameter with prior N(0, 1), rows y = θ + e with variance 0.25, y = 1 and 2. Without the first row the posterior is
    /// N(2 · 4 / 5, 1 / 5), so the first row's error is 1 − 1.6 and its variance 0.2 + 0.25; without the second N(0.8, 0.2).
    /// </summary>
    [Fact]
    public void Residuals_are_those_of_a_refit_without_the_row()
    {
        double[] standardised = Residuals(openSpread: 0).Standardised(["a", "b"]);
        Assert.Equal(0.6 / Math.Sqrt(0.45), standardised[0], 9);
        Assert.Equal(1.2 / Math.Sqrt(0.45), standardised[1], 9);
    }

    /// <summary>What a row leaves open is part of its computed spread, whole, as it is where intervals are used.</summary>
    [Fact]
    public void The_open_spread_is_inside_the_scaled_deviation() =>
        Assert.Equal(0.6 / Math.Sqrt(0.45 + 0.09), Residuals(openSpread: 0.3).Standardised(["a", "b"])[0], 9);

    private static LeaveOutResiduals Residuals(double openSpread)
    {
        var mode = 3 * 4 / 9.0;
        LinearObservation[] rows = [new(1 - mode, openSpread, 0, [0], [1]), new(2 - mode, openSpread, 0, [0], [1])];
        return new(rows, [4, 4], [1], [mode], 0.5);
    }
}
