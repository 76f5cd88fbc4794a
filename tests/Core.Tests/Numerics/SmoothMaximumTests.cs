using SlmPlanner.Core.Numerics;

namespace SlmPlanner.Tests.Numerics;

/// <summary>Smooth maxima by hand.</summary>
public sealed class SmoothMaximumTests
{
    /// <summary>√(3² + 4²) = 5 whichever is larger; what is a millionth as large adds nothing; of nothing it is nothing.</summary>
    [Theory]
    [InlineData(3, 4, 2, 5)]
    [InlineData(4, 3, 2, 5)]
    [InlineData(1, 5e-7, 1, 1)]
    [InlineData(5e-7, 1, 1, 1)]
    [InlineData(1, 2e-6, 1, 1.000002)]
    [InlineData(0, 0, 2, 0)]
    public void Of_two(double a, double b, double sharpness, double expected) =>
        Assert.Equal(expected, SmoothMaximum.Of(a, b, sharpness), 1e-12);

    /// <summary>(1 + 2⁶)^(1/6), either way around; of nothing and one it is one.</summary>
    [Theory]
    [InlineData(1, 2, 65)]
    [InlineData(2, 1, 65)]
    [InlineData(1, 1, 2)]
    [InlineData(0, 1, 1)]
    [InlineData(0, 0, 0)]
    public void Of_sixth_powers(double a, double b, double sum) =>
        Assert.Equal(Math.Pow(sum, 1 / 6.0), SmoothMaximum.OfSixthPowers(a, b), 1e-12);

    /// <summary>(1 + 2⁴)^(1/4); with nothing beside it, itself.</summary>
    [Theory]
    [InlineData(1, 2, 17)]
    [InlineData(2, 1, 17)]
    [InlineData(3, 0, 81)]
    [InlineData(0, 0, 0)]
    public void Of_fourth_powers(double a, double b, double sum) =>
        Assert.Equal(Math.Pow(sum, 0.25), SmoothMaximum.OfFourthPowers(a, b), 1e-12);

    /// <summary>(1 + 0.9¹⁶)^(1/16), 0.9¹⁶ = 0.185302; 2^(1/16) where both are equal; a third as large adds nothing to see.</summary>
    [Theory]
    [InlineData(1, 0.9, 1.185302)]
    [InlineData(0.9, 1, 1.185302)]
    [InlineData(1, 1, 2)]
    [InlineData(1, 1.0 / 3, 1)]
    [InlineData(0, 1, 1)]
    [InlineData(1, 0, 1)]
    public void Of_sixteenth_powers(double a, double b, double sum) =>
        Assert.Equal(Math.Pow(sum, 1 / 16.0), SmoothMaximum.OfSixteenthPowers(a, b), 1e-7);

    /// <summary>Where the larger is rounded up by a factor, the smaller is rounded down by it.</summary>
    [Theory]
    [InlineData(1, 0.9)]
    [InlineData(2, 2)]
    public void The_least_of_sixteenth_powers(double a, double b) => Assert.Equal(
        a * b, SmoothMaximum.LeastOfSixteenthPowers(a, b) * SmoothMaximum.OfSixteenthPowers(a, b), 1e-12);

    [Fact]
    public void The_least_of_one_that_has_no_end_is_the_other() =>
        Assert.Equal(3, SmoothMaximum.LeastOfSixteenthPowers(3, double.PositiveInfinity));
}
