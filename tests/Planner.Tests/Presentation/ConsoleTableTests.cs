using SlmPlanner.Presentation.Tables;
using Spectre.Console.Testing;

namespace SlmPlanner.Planner.Tests.Presentation;

public sealed class ConsoleTableTests
{
    private static readonly ReportTable Wide = new(
        "title",
        [new("name"), new("aside", IsOptional: true), new("amount", IsNumber: true)],
        [["a name of some length", "something that is worth saying where there is room", "12"]]);

    [Theory]
    [InlineData(120, true)]
    [InlineData(40, false)]
    public void Optional_columns_are_shown_where_there_is_room(int width, bool isShown)
    {
        using var console = new TestConsole().Width(width);
        ConsoleTable.Write(console, Wide);
        Assert.Equal(isShown, console.Output.Contains("aside", StringComparison.Ordinal));
        Assert.Contains("12", console.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_table_without_rows_is_not_shown()
    {
        using var console = new TestConsole();
        ConsoleTable.Write(console, Wide with { Rows = [] });
        Assert.Empty(console.Output);
    }
}
