using SlmPlanner.Core.Memory;
using SlmPlanner.Core.Memory.Fitting;

namespace SlmPlanner.Tests.Memory;

public sealed class MemoryAccuracyTests
{
    /// <summary>By hand: sure are 0.95 (right), 0.05 (wrong) and 0.02 (right); Brier (0.0025 + 0.9025 + 0.0004 + 0.36) / 4.</summary>
    [Fact]
    public void Verdicts_are_scored()
    {
        var scored = MemoryAccuracy.Of("any", [0.1, 0.3], [new("a", 0.95, true), new("b", 0.05, true), new("c", 0.02, false), new("d", 0.6, false)], [0.1, 0.2]);
        Assert.Equal((2, 4), (scored.Peaks, scored.Verdicts));
        Assert.Equal(0.2, scored.MeanPeakError, 1e-12);
        Assert.Equal(0.75, scored.SureShare, 1e-12);
        Assert.Equal(2.0 / 3, scored.SureRight, 1e-12);
        Assert.Equal(0.31635, scored.Brier, 1e-12);
        Assert.Equal((2, 0.15), (scored.Limits, Math.Round(scored.LimitError, 12)));
        Assert.Equal([(FitVerdict.No, 2, 0.5), (FitVerdict.Likely, 1, 0), (FitVerdict.Yes, 1, 1)],
            scored.Reliability.Select(word => (word.Verdict, word.Verdicts, word.Ran)));
    }

    [Fact]
    public void Nothing_to_score_is_not_a_number()
    {
        var scored = MemoryAccuracy.Of("any", [], [], []);
        Assert.True(double.IsNaN(scored.MeanPeakError) && double.IsNaN(scored.Brier) && double.IsNaN(scored.SureRight));
    }
}
