using SlmPlanner.Core;

namespace SlmPlanner.Tests;

public sealed class AllowedRangeTests
{
    private static readonly AllowedRange Share = new("share", 0.25, 0.75);

    [Theory]
    [InlineData(0.25)]
    [InlineData(0.75)]
    [InlineData(null)]
    public void Both_ends_and_nothing_are_no_problem(double? value) => Assert.Null(Share.Problem(value));

    [Theory]
    [InlineData(0.24, "share is 0.24, allowed 0.25 to 0.75")]
    [InlineData(1, "share is 1, allowed 0.25 to 0.75")]
    [InlineData(double.NaN, "share is NaN, allowed 0.25 to 0.75")]
    public void A_problem_names_quantity_value_and_range(double value, string message) => Assert.Equal(message, Share.Problem(value));
}
