using SlmPlanner.Core.Memory;
using SlmPlanner.Core.Memory.Fitting;

namespace SlmPlanner.Tests.Memory;

public sealed class MemoryAccuracyTests
{
    /// <summary>By hand: sure are 0.95 (right), 0.05 (wrong) and 0.02 (right); Brier (0.0025 + 0.9025 + 0.0004 + 0.36) / 4.</summary>
    [Fact]
    public void Verdicts_are_scored()
    {
        var scored = MemoryAccuracy.Of("any", [0.1, 0.3],
            [new("a", 0.95, true), new("b", 0.05, true), new("c", 0.02, false), new("d", 0.6, false)],
            [new(100, 90, 120), new(100, 80, 95), new(100, 110, 125)]);
        Assert.Equal((2, 4), (scored.Peaks, scored.Verdicts));
        Assert.Equal(0.2, scored.MeanPeakError, 1e-12);
        Assert.Equal(0.75, scored.SureShare, 1e-12);
        Assert.Equal(2.0 / 3, scored.SureRight, 1e-12);
        Assert.Equal(0.31635, scored.Brier, 1e-12);
        Assert.Equal(3, scored.Limits);
        Assert.Equal([(FitVerdict.No, 2, 0.5), (FitVerdict.Likely, 1, 0), (FitVerdict.Yes, 1, 1)],
            scored.Reliability.Select(word => (word.Verdict, word.Verdicts, word.Ran)));
    }

    /// <summary>
    /// Off by 10, 20 and 10 of 100; half of the steps 90 → 120, 80 → 95, 110 → 125; the second should have run at 95, the third did
    /// although 110.
    /// </summary>
    [Fact]
    public void Limits_are_bounds()
    {
        var scored = MemoryAccuracy.Of("any", [], [], [new(100, 90, 120), new(100, 80, 95), new(100, 110, 125)]);
        Assert.Equal(0.4 / 3, scored.LimitError, 1e-12);
        Assert.Equal(((30.0 / 120) + (15.0 / 95) + (15.0 / 125)) / 6, scored.LimitHalfStep, 1e-12);
        Assert.Equal(0.15 / 3, scored.LimitOutside, 1e-12);
    }

    [Fact]
    public void Nothing_to_score_is_not_a_number()
    {
        var scored = MemoryAccuracy.Of("any", [], [], []);
        Assert.True(double.IsNaN(scored.MeanPeakError) && double.IsNaN(scored.Brier) && double.IsNaN(scored.SureRight));
    }
}
