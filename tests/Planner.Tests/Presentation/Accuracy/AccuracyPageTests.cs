using SlmPlanner.Planner.Tests.Commands;
using SlmPlanner.Tests;

namespace SlmPlanner.Planner.Tests.Presentation.Accuracy;

/// <summary>What is written about accuracy is what the program prints; <c>docs/refresh-accuracy</c> brings both up to date.</summary>
public sealed class AccuracyPageTests
{
    private static readonly Lazy<string> Printed = new(() => CommandRun.Of("validate", "--committed", "--format", "md").Output.ReplaceLineEndings("\n"));

    [Fact]
    public void The_page_holds_the_printed_tables_whole() =>
        Assert.Contains(Printed.Value, Text("docs", "accuracy.md"), StringComparison.Ordinal);

    [Fact]
    public void Every_line_of_the_readmes_table_is_printed()
    {
        var rows = Text("README.md").Split('\n').Where(line => line.StartsWith("| a ", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(rows);
        Assert.All(rows, row => Assert.Contains(row, Printed.Value, StringComparison.Ordinal));
    }

    [Fact]
    public void Committed_figures_are_not_refitted_in_part() =>
        Assert.Equal(2, CommandRun.Of("validate", "--committed", "--leave", "model").ExitCode);

    private static string Text(params string[] path) => File.ReadAllText(Path.Combine([Repository.Root, .. path])).ReplaceLineEndings("\n");
}
