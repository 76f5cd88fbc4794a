using SlmPlanner.Core.Fitting;
using SlmPlanner.Core.Time;
using SlmPlanner.Core.Time.Terms;

namespace SlmPlanner.Core.Tests.Fitting;

/// <summary>What a run would tell is held against a fit that has the run among its rows.</summary>
public sealed class NarrowedTests
{
    private const double Noise = 0.0009;

    private static GroupKeys Keys(string device, string? stack = null) => new()
    {
        Kernels = "fused", Family = "family", Stack = stack, Source = "mine", Architecture = "9.0", Device = device, Recipe = "mixed",
    };

    private static double[] Slopes(int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, StepTimeEquation.CoefficientCount).Select(_ => random.NextDouble() / 4)];
    }

    private static FittedModel Fit(params IEnumerable<FittedRow> rows) => new([], [.. rows], IntervalScales.None, true);

    [Theory]
    [InlineData("X", "X")]
    [InlineData("X", "Y")]
    [InlineData("Z", "Y")]
    public void A_run_that_was_not_made_narrows_as_much_as_one_that_was(string asked, string tried)
    {
        FittedRow[] rows = [.. Enumerable.Range(1, 6).Select(row => new FittedRow($"{row}", Keys(row % 2 == 0 ? "X" : "Y", "known") with { Source = "other" }, Slopes(row), 1 / Noise, 0))];
        var (question, run) = ((Keys(asked, "own"), Slopes(50)), (Keys(tried, "own"), Slopes(60)));
        var known = Fit(rows);
        var (before, after) = known.Narrowed(question, run, Noise);
        var learned = Fit([.. rows, new("run", run.Item1, run.Item2, 1 / Noise, 0)]);
        Assert.Equal(known.LogVariance(question.Item1, question.Item2), before, 1e-9);
        Assert.Equal(learned.LogVariance(question.Item1, question.Item2), after, 1e-9);
        Assert.True(after < before);
    }

    /// <summary>Nobody knows the stack of either; it is the same one.</summary>
    [Fact]
    public void A_stack_that_is_not_named_is_shared()
    {
        var (before, after) = FittedModel.Prior.Narrowed((Keys("X"), Slopes(1)), (Keys("X"), Slopes(1)), Noise);
        Assert.InRange(after, 0, 1.001 * Noise);
        Assert.True(before > 100 * Noise);
    }
}
