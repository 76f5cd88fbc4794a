using SlmPlanner.Core;
using SlmPlanner.Planner.Options;

namespace SlmPlanner.Planner.Tests.Options;

public sealed class QuantityTests
{
    [Theory]
    [InlineData("20B", 20e9)]
    [InlineData("1.5T", 1.5e12)]
    [InlineData("500m", 500e6)]
    [InlineData("2,000", 2000)]
    [InlineData("12,345,678", 12_345_678)]
    [InlineData("3e9", 3e9)]
    [InlineData("300 k", 300e3)]
    public void Tokens_are_read_as_people_write_them(string text, double tokens) => Assert.Equal(tokens, Quantity.Tokens("--tokens", text));

    [Theory]
    [InlineData("$2,000", 2000)]
    [InlineData("2000 USD", 2000)]
    [InlineData("$1.5k", 1500)]
    public void Money_may_carry_its_currency(string text, double usd) => Assert.Equal(usd, Quantity.Usd("--budget", text));

    [Theory]
    [InlineData("7d", 168)]
    [InlineData("36h", 36)]
    [InlineData("1d12h", 36)]
    [InlineData("90m", 1.5)]
    [InlineData("2w", 336)]
    public void Durations_need_a_unit_and_add_up(string text, double hours) => Assert.Equal(hours, Quantity.Hours("--deadline", text));

    [Theory]
    [InlineData("2,5")]
    [InlineData("1.000.000")]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("")]
    [InlineData("20X")]
    public void What_could_be_misread_is_refused(string text)
    {
        Assert.Throws<InputException>(() => Quantity.Tokens("--tokens", text));
        Assert.Throws<InputException>(() => Quantity.Usd("--budget", text));
        Assert.Throws<InputException>(() => Quantity.Hours("--deadline", text));
    }
}
