using SlmPlanner.Core.Economics.Cost;

namespace SlmPlanner.Tests.Cost;

public sealed class PriceDatesTests
{
    [Theory]
    [InlineData("2026-05-20")]
    [InlineData("2026-05-20/2026-11-24")]
    [InlineData("../2026-11-24")]
    public void What_is_read_is_written_again(string text) => Assert.Equal(text, PriceDates.Parse(text).ToString());

    /// <summary>A day may be written as a range of itself.</summary>
    [Fact]
    public void A_range_of_one_day_is_that_day() => Assert.Equal("2026-05-20", PriceDates.Parse("2026-05-20/2026-05-20").ToString());

    [Theory]
    [InlineData("")]
    [InlineData("2026-13-01")]
    [InlineData("2026-11-24/2026-05-20")]
    [InlineData("2026-05-20/..")]
    [InlineData("/2026-05-20")]
    public void Anything_else_is_no_date(string text) => Assert.Null(PriceDates.Parse(text));
}
