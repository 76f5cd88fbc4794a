using SlmPlanner.Core.Fitting;
using SlmPlanner.Core.Time;
using SlmPlanner.Core.Time.Terms;

namespace SlmPlanner.Core.Tests.Fitting;

public sealed class RowInfluencesTests
{
    /// <summary>
    /// One parameter with prior N(0, 1), rows y = θ + e with variance 0.25, y = 1 and 2, all asked for θ itself: posterior N(12/9, 1/9).
    /// Without the first row it is N(8/5, 1/5), without the second N(4/5, 1/5), without both N(0, 1).
    /// </summary>
    [Fact]
    public void What_rows_hold_is_the_posterior_with_them_less_that_without_them()
    {
        LinearObservation[] linear = [new(1 - 12 / 9.0, 0, 0, 0.5, [0], [1]), new(2 - 12 / 9.0, 0, 0, 0.5, [0], [1])];
        var factor = LowerTriangle.Factor(PosteriorStep.Gram(linear, [1], _ => 0.25));
        FittedRow[] rows = [.. linear.Select((row, index) => new FittedRow($"{index}", new GroupKeys(), [1], 4, row.Residual))];
        double[] image = [1, 1];
        factor.Solve(image);
        var held = new RowInfluences(factor, rows).Of(image, [[0], [1], [0, 1]]);
        Assert.Equal(12 / 9.0 - 8 / 5.0, held[0].Shift, 9);
        Assert.Equal(12 / 9.0 - 4 / 5.0, held[1].Shift, 9);
        Assert.Equal(12 / 9.0, held[2].Shift, 9);
        Assert.Equal(1 / 5.0 - 1 / 9.0, held[0].Variance, 9);
        Assert.Equal(1 - 1 / 9.0, held[2].Variance, 9);
    }

    /// <summary>The variance does not depend on what was measured, so that a fit without the row tells it whole.</summary>
    [Fact]
    public void A_fit_without_a_row_is_less_sure_by_what_the_row_holds()
    {
        FittedRow[] rows = [.. Enumerable.Range(1, 7)
            .Select(row => new FittedRow($"{row}", Keys(row % 2 == 0 ? "X" : "Y"), Slopes(row), 900, 0.01 * row))];
        var (asked, slopes) = (Keys("X") with { Source = "mine" }, Slopes(50));
        var all = Fit(rows);
        var held = all.Influences(asked, slopes, [[2], [1, 3]]);
        Assert.Equal(Fit([.. rows.Where((_, index) => index != 2)]).LogVariance(asked, slopes),
            all.LogVariance(asked, slopes) + held[0].Variance, 9);
        Assert.Equal(Fit([.. rows.Where((_, index) => index is not (1 or 3))]).LogVariance(asked, slopes),
            all.LogVariance(asked, slopes) + held[1].Variance, 9);
    }

    [Fact]
    public void A_row_that_is_not_there_has_no_distance_from_the_others() => Assert.Null(Fit([]).WithoutItself("none"));

    private static FittedModel Fit(IReadOnlyList<FittedRow> rows) => new([], rows, IntervalScales.None, true);

    private static GroupKeys Keys(string device) => new()
    {
        Kernels = "fused", Family = "family", Stack = "stack", Source = "other", Architecture = "9.0", Device = device, Recipe = "mixed",
    };

    private static double[] Slopes(int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, StepTimeEquation.CoefficientCount).Select(_ => random.NextDouble() / 4)];
    }
}
