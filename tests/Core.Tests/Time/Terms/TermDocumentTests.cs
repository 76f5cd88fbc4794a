using SlmPlanner.Core.Time.Terms;

namespace SlmPlanner.Tests.Time.Terms;

public sealed class TermDocumentTests
{
    private const string Start = "<!-- terms -->\n", End = "<!-- end of terms -->";

    [Fact]
    public void The_table_of_terms_is_that_of_the_code()
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "time.md"));
        var table = string.Concat(TimeTerms.All.Select(term =>
            $"| {term.Key} | {term.Formula} | "
            + $"{string.Join(", ", term.Coefficients.Select(prior => $"`{prior.Coefficient}` {prior.Value:0.######}"))} | {term.Source} "
            + $"|\n"));
        var written = page[(page.IndexOf(Start, StringComparison.Ordinal) + Start.Length)..page.IndexOf(End, StringComparison.Ordinal)];
        var expected = "| term | seconds of a step, before `Speed` | coefficients and where they start | source |\n|---|---|---|---|\n"
            + table;
        if (written != expected)
            File.WriteAllText(Path.Combine(AppContext.BaseDirectory, "terms.md"), expected);
        Assert.Equal(expected, written);
    }
}
