using SlmPlanner.Core.Fitting;

namespace SlmPlanner.Tests.Fitting;

public sealed class LeaveOutResidualsTests
{
    private static readonly FitOptions Normal = FitOptions.Default with { Freedom = double.PositiveInfinity };

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

    /// <summary>
    /// What a row leaves open is part of its computed spread, whole, as it is where intervals are used; half of it is noise in the fit, so
    /// that the other row has variance 0.2725 there.
    /// </summary>
    [Fact]
    public void The_open_spread_is_inside_the_scaled_deviation() => Assert.Equal(
        (2 / 1.2725 - 1) / Math.Sqrt(0.2725 / 1.2725 + 0.25 + 0.09), Residuals(openSpread: 0.3).Standardised(["a", "b"])[0], 9);

    /// <summary>
    /// A set-up of two rows of which the second is left out: the first stays with the scatter that it tells by itself, so that the second
    /// is predicted as by a fit of the first alone with that scatter.
    /// </summary>
    [Fact]
    public void A_kept_row_alone_tells_the_scatter_of_its_setup()
    {
        var options = FitOptions.Default with { Freedom = double.PositiveInfinity };
        LinearObservation[] rows = [Row(1, 0.02), Row(2, 0.02)];
        var objective = new Objective([], [0], [1], options);
        var without = new LeaveOutResiduals(rows, ["s", "s"], objective, [1], [0], options).Without([1]);
        var scatter = options.Scatter;
        for (var round = 0; round < 4; round++)
        {
            var inverse = 1 / (1 + (scatter * scatter));
            scatter = SetupScatter.Estimate(options, [SetupScatter.Square(scatter, 1, inverse, inverse)]);
        }
        var posterior = 1 / (1 + (scatter * scatter));
        Assert.Equal(2 - posterior, without.Residuals[0], 9);
        Assert.Equal(posterior, without.Offsets[0], 9);
        Assert.Equal(Math.Sqrt(1 - posterior + (scatter * scatter)), without.Deviations[0], 9);
    }

    private static LinearObservation Row(double residual, double noise) => new(residual, 0, 0, noise, [0], [1]);

    private static LeaveOutResiduals Residuals(double openSpread)
    {
        var variance = 0.25 + (openSpread * openSpread / 4);
        var mode = 3 / variance / (1 + (2 / variance));
        LinearObservation[] rows = [new(1 - mode, openSpread, 0, 0.5, [0], [1]), new(2 - mode, openSpread, 0, 0.5, [0], [1])];
        return new(rows, [null, null], new([], [0], [1], Normal), [1], [mode], Normal);
    }
}
