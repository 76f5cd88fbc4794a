using CsCheck;
using SlmPlanner.Core.Text;

namespace SlmPlanner.Tests.Text;

public sealed class NearestNamesTests
{
    private static readonly string[] Known = ["slm-100m", "slm-1b", "pythia-1b", "gpt2-medium"];

    [Fact]
    public void The_closest_spelling_comes_first() =>
        Assert.Equal("slm-1b", NearestNames.Of("SLM1B", Known)[0]);

    [Fact]
    public void Names_that_begin_with_what_was_asked_come_first() =>
        Assert.Equal("gpt2-medium", NearestNames.Of("gpt2", Known)[0]);

    [Fact]
    public void An_unknown_name_is_named_with_suggestions() =>
        Assert.StartsWith("unknown model 'slm-1c'; did you mean slm-1b", NearestNames.Unknown("model", "slm-1c", Known),
            StringComparison.Ordinal);

    [Fact]
    public void Distance_is_zero_only_for_equal_texts_and_symmetric() =>
        Gen.Select(Gen.String[Gen.Char['a', 'c'], 0, 6], Gen.String[Gen.Char['a', 'c'], 0, 6]).Sample((a, b) =>
            NearestNames.Distance(a, b) == NearestNames.Distance(b, a) && (NearestNames.Distance(a, b) == 0) == (a == b));

    [Theory]
    [InlineData("pythia-1", "unknown name 'pythia-1'; did you mean 'pythia-1b'?")]
    [InlineData("slm-10m", "unknown name 'slm-10m'; did you mean 'slm-100m'?")]
    [InlineData("slm-b1", "unknown name 'slm-b1'; did you mean 'slm-1b'?")]
    [InlineData("qqqq", "unknown name 'qqqq'; see --help")]
    [InlineData("", "unknown name ''; see --help")]
    public void Only_a_name_that_is_near_is_suggested(string name, string sentence) =>
        Assert.Equal(sentence, NearestNames.Unlike("name", name, Known));

    [Theory]
    [InlineData("kitten", "sitting", 3)]
    [InlineData("", "abc", 3)]
    [InlineData("flaw", "lawn", 2)]
    public void Distance_counts_the_edits(string left, string right, int edits) => Assert.Equal(edits, NearestNames.Distance(left, right));
}
