using System.Text.Json;
using SlmPlanner.Presentation.Wording;

namespace SlmPlanner.Planner.Tests.Commands;

public sealed class CurrencyTests
{
    private static readonly string[] Asked = ["plan", "--model", "slm-1b", "--tokens", "1B", "--deadline", "7d", "--gpus", "A100-80GB"];

    [Fact]
    public void People_read_the_currency_and_programs_get_dollars_and_the_rate()
    {
        using var dollars = JsonDocument.Parse(CommandRun.Of([.. Asked, "--format", "json"]).Output);
        using var euros = JsonDocument.Parse(CommandRun.Of([.. Asked, "--format", "json", "--currency", "eur", "--rate", "0.5"]).Output);
        Assert.Equal(Cost(dollars), Cost(euros));
        Assert.Equal("EUR", euros.RootElement.GetProperty("currency").GetProperty("code").GetString());
        Assert.Equal(0.5, euros.RootElement.GetProperty("currency").GetProperty("per_usd").GetDouble());
        Assert.False(dollars.RootElement.TryGetProperty("currency", out _));
        var text = CommandRun.Of([.. Asked, "--format", "md", "--currency", "eur", "--rate", "0.5"]).Output;
        using (ShownCurrency.Use(new("EUR", 0.5)))
            Assert.Contains(Readable.Usd(Cost(dollars)), text, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"\$\d", text);
    }

    [Theory]
    [InlineData("--rate", "--currency", "EUR")]
    [InlineData("--currency", "--rate", "0.92")]
    [InlineData("three letters", "--currency", "euro", "--rate", "0.92")]
    public void Half_a_currency_is_refused(string told, params string[] given)
    {
        var run = CommandRun.Of([.. Asked, .. given]);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(told, run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_currency_holds_only_where_it_was_put_in_force()
    {
        using (ShownCurrency.Use(new("EUR", 0.5)))
            Assert.Equal(("EUR 50", "EUR 1.50/h"), (Readable.Usd(100), Readable.UsdPerHour(3)));
        Assert.Equal("$100", Readable.Usd(100));
    }

    private static double Cost(JsonDocument plan) => plan.RootElement.GetProperty("recommendation").GetProperty("cost_usd").GetDouble();
}
