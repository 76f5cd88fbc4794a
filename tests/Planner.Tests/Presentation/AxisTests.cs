using System.Globalization;
using CsCheck;
using SlmPlanner.Presentation.Charts;
using SlmPlanner.Presentation.Charts.Drawing;
using SlmPlanner.Presentation.Wording;

namespace SlmPlanner.Planner.Tests.Presentation;

public sealed class AxisTests
{
    private static readonly Gen<(AxisScale Scale, double Low, double High, int Wanted)> AnyAxis = Gen.Select(
        Gen.Enum<AxisScale>(), Gen.Double[-6, 6].Select(power => Math.Pow(10, power)), Gen.Double[1.05, 1e6], Gen.Int[3, 9],
        (scale, low, ratio, wanted) => (scale, low, low * ratio, wanted));

    [Fact]
    public void Ticks_lie_on_the_axis_in_order() => AnyAxis.Sample(axis =>
    {
        var ticks = AxisTicks.Between(axis.Scale, axis.Low, axis.High, axis.Wanted);
        Assert.All(ticks, tick => Assert.InRange(tick, axis.Low * 0.99999, axis.High * 1.00001));
        Assert.Equal(ticks.Distinct().Order(), ticks);
        Assert.True(ticks.Count <= 2 * axis.Wanted + 2, $"{ticks.Count} ticks");
    });

    [Fact]
    public void Every_axis_but_that_of_powers_has_at_least_two_ticks() => AnyAxis.Sample(axis =>
        Assert.True(axis.Scale == AxisScale.PowersOfTwo || AxisTicks.Between(axis.Scale, axis.Low, axis.High, axis.Wanted).Count >= 2));

    [Fact]
    public void Values_lie_inside_the_room_kept_for_them() => AnyAxis.Sample(axis =>
    {
        var map = new AxisMap(axis.Scale, [axis.Low, axis.High], 500, 20, 40);
        Assert.InRange(map.Pixel(axis.Low), axis.Scale == AxisScale.FromZero ? -0.1f : 19.9f, 460.1f);
        Assert.InRange(map.Pixel(axis.High), 459.9f, 460.1f);
    });

    /// <summary>Money is read without cents from ten on: an axis to 15 must not say $12 at 12.5.</summary>
    [Theory]
    [InlineData(15.5)]
    [InlineData(14.2)]
    [InlineData(155)]
    [InlineData(1.55)]
    public void Amounts_along_an_axis_read_as_what_they_are(double high) => Assert.All(
        AxisTicks.Between(AxisScale.FromZero, 0, high, 7),
        tick => Assert.Equal(tick, double.Parse(Readable.Usd(tick)[1..], CultureInfo.InvariantCulture), 1e-9));

    [Fact]
    public void A_single_value_is_drawn_in_the_middle() =>
        Assert.Equal(250, new AxisMap(AxisScale.Log, [7], 500, 0, 0).Pixel(7), 0.01f);
}
