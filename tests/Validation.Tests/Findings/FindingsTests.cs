using SlmPlanner.Core.Training;

namespace SlmPlanner.Tests.Findings;

public sealed class FindingsTests(ITestOutputHelper output)
{
    private static readonly Study Study = new();

    /// <summary>
    /// A disagreement is reported, not bent: <c>docs/findings.md</c> must say of each statement what the shipped profiles say.
    /// </summary>
    [Fact]
    public void The_document_of_findings_says_of_each_statement_whether_the_shipped_profiles_agree()
    {
        var verdicts = Statements.Decide(Study).ToList();
        foreach (var verdict in verdicts)
            output.WriteLine($"| {verdict.Statement} | {(verdict.Holds ? "agrees" : "disagrees")} | {verdict.Numbers} |");
        var documented = File.ReadLines(Path.Combine(Repository.Root, "docs", "findings.md"))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
            .Where(cells => cells.Length > 3 && cells[1].StartsWith('F'))
            .ToDictionary(cells => cells[1], cells => cells[2]);
        Assert.All(verdicts, verdict => Assert.Equal(verdict.Holds ? "agrees" : "disagrees",
            documented.GetValueOrDefault(verdict.Statement)));
    }

    [Fact]
    public void Fused_attention_is_faster_at_every_size_and_batch()
    {
        foreach (var model in Study.Models)
            foreach (var batch in Study.Batches)
                Assert.True(Study.Speed(model, "A100-80GB-SXM", Study.Setup(1, batch, Scheme.Ddp))
                    > Study.Speed(model, "A100-80GB-SXM", Study.Setup(1, batch, Scheme.Ddp, AttentionKind.Vanilla)), $"{model} {batch}");
    }
}
