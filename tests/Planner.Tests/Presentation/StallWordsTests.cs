using SlmPlanner.Core.Planning.Answers;
using SlmPlanner.Core.Planning.Results;
using SlmPlanner.Core.Training;
using SlmPlanner.Presentation.Wording;

namespace SlmPlanner.Planner.Tests.Presentation;

/// <summary>The sentence on stages says what was measured, what it would come to, and what else there is.</summary>
public sealed class StallWordsTests
{
    private static readonly PipelineMayStall Stall = new(
        Scheme.Parse("zero1+pp(4)"), 128, new(128, 177, 39, 0.3, 0.7, 0.8), "nanotron", "H100-SXM", "nanotron", 1.9, 25.9, null,
        Asked: true);

    [Fact]
    public void It_counts_and_advises() => Assert.Equal(
        "ZeRO-1+pp(4) may stall: 39 of 177 measured pipelines on 128 GPUs did (22 %; nanotron on H100-SXM), whatever their layout. Each "
        + "message between stages came 0.3 to 0.8 s late, which no speed here counts: a step would take 25.9 s in place of 1.9 s. Time a "
        + "few steps on these machines before you pay for all, or ask without +pp(4) what that costs.",
        FindingWords.Of(Stall));

    [Theory]
    [InlineData(null, "none is named (--stack)")]
    [InlineData("mine", "Whether mine does the same is not known: no run in it was measured.")]
    public void It_says_whether_the_software_is_known(string? stack, string words) =>
        Assert.Contains(words, FindingWords.Of(Stall with { PlanStack = stack }), StringComparison.Ordinal);

    [Fact]
    public void It_names_the_nearest_number_and_the_split_without_stages()
    {
        var without = new RunWithoutStages(Scheme.Parse("zero1"), new(
            new(2, "here", "8x", "any", 16, "H200", Spot: false, null), 653, 19, Feasible: true));
        var words = FindingWords.Of(Stall with { Gpus = 96, Without = without });
        Assert.Contains("on 128 GPUs, the nearest number to 96 that was measured, did", words, StringComparison.Ordinal);
        Assert.EndsWith("or take ZeRO-1 on 2 × here 8x (16 × H200): $653 in 19 h.", words, StringComparison.Ordinal);
        Assert.EndsWith("nothing without stages fits.", FindingWords.Of(Stall with { Asked = false }), StringComparison.Ordinal);
    }
}
