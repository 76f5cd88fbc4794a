using SlmPlanner.Planner.Tests.Commands;
using SlmPlanner.Tests;

namespace SlmPlanner.Planner.Tests.Presentation.Accuracy;

/// <summary>What is written about accuracy is what the program prints; <c>docs/refresh-accuracy</c> brings both up to date.</summary>
public sealed class AccuracyPageTests
{
    private static readonly Lazy<string> Printed =
        new(() => CommandRun.Of("validate", "--committed", "--format", "md").Output.ReplaceLineEndings("\n"));

    [Fact]
    public void The_page_holds_the_printed_tables_whole() =>
        Assert.Contains(Printed.Value, Text("docs", "accuracy.md"), StringComparison.Ordinal);

    [Fact]
    public void The_six_sentences_of_the_readme_are_the_figures_that_are_printed()
    {
        string[] kinds = ["a model size", "a GPU count", "half of a handful", "a source", "a stack, unnamed", "a device"];
        var sentences = Text("README.md").Split('\n').Where(line => line.Contains("; the rule of thumb by", StringComparison.Ordinal))
            .ToList();
        Assert.Equal(kinds.Length, sentences.Count);
        Assert.All(kinds.Zip(sentences), pair =>
        {
            var cells = Printed.Value.Split('\n').First(line => line.StartsWith($"| {pair.First} | all |", StringComparison.Ordinal))
                .Split('|', StringSplitOptions.TrimEntries);
            Assert.EndsWith($"off by **{cells[4]}** on average; the rule of thumb by {cells[11]}.", pair.Second, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Committed_figures_are_not_refitted_in_part() =>
        Assert.Equal(2, CommandRun.Of("validate", "--committed", "--leave", "model").ExitCode);

    private static string Text(params string[] path) => File.ReadAllText(Path.Combine([Repository.Root, .. path])).ReplaceLineEndings("\n");
}
