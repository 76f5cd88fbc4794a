using SlmPlanner.Core.Fitting;

namespace SlmPlanner.Tests.Fitting;

public sealed class PosteriorSearchTests
{
    private static readonly FitOptions Normal = new(Noise: 0.5, Freedom: double.PositiveInfinity, Tolerance: 1e-12);

    /// <summary>
    /// One parameter with prior N(1, 2²), two rows y = θ + e, e ~ N(0, 0.5²), y = 3 and 4. Precision 1/4 + 2/0.25 = 8.25; mean
    /// (1/4 + 7/0.25) / 8.25 = 28.25 / 8.25.
    /// </summary>
    [Fact]
    public void The_mode_of_a_linear_problem_is_the_mean_of_the_conjugate_normal()
    {
        var end = Search([new(3, [1]), new(4, [1])], [1], [2], Normal);
        Assert.Equal(28.25 / 8.25, end.Parameters[0], 9);
        Assert.True(end.Converged);
    }

    /// <summary>
    /// Two parameters with priors N(0, 1) and one row θ₁ + 2θ₂ = 6 with variance 0.25: the mean is Σxᵀ(xΣxᵀ + 0.25)⁻¹ · 6 = (1, 2) · 6 /
    /// 5.25.
    /// </summary>
    [Fact]
    public void A_row_moves_each_parameter_by_its_share_of_the_variance()
    {
        var end = Search([new(6, [1, 2])], [0, 0], [1, 1], Normal);
        Assert.Equal(6 / 5.25, end.Parameters[0], 9);
        Assert.Equal(12 / 5.25, end.Parameters[1], 9);
    }

    /// <summary>
    /// A row whose spread grows with the parameter, y = 0, prior N(1, 1): with the variance 0.25 + (0.5 · 4θ)² held, the mode solves
    /// θ / (0.25 + 4θ²) + θ − 1 = 0, whose root bisection finds here. Were the variance free and without its normalising term, a larger θ
    /// would explain the miss by a wider spread.
    /// </summary>
    [Fact]
    public void What_is_open_in_a_row_does_not_pull_on_the_parameters()
    {
        var (low, high) = (0.0, 1.0);
        while (high - low > 1e-12)
        {
            var middle = (low + high) / 2;
            if (middle / (0.25 + 4 * middle * middle) + middle - 1 < 0)
                low = middle;
            else
                high = middle;
        }
        var end = Search([new(0, [1], openSlope: 4)], [1], [1], Normal with { Iterations = 200 });
        Assert.Equal(low, end.Parameters[0], 5);
    }

    /// <summary>The slope points the wrong way, so that no step of any length improves: the search stands on a hillside.</summary>
    [Fact]
    public void A_search_that_is_stuck_has_not_converged()
    {
        var objective = new Objective([new Misleading()], [0], [1], Normal);
        var end = PosteriorSearch.Run(objective, [0], [1], Normal);
        Assert.Equal(0, end.Parameters[0]);
        Assert.False(end.Converged);
    }

    [Fact]
    public void A_search_that_runs_out_of_steps_has_not_converged() =>
        Assert.False(Search([new(3, [1])], [0], [2], Normal with { Iterations = 0 }).Converged);

    private static SearchEnd Search(LinearTime[] rows, double[] means, double[] deviations, FitOptions options) =>
        PosteriorSearch.Run(new Objective(rows, means, deviations, options), means, deviations, options);

    private sealed class Misleading : IMeasuredTime
    {
        public LinearObservation At(double[] parameters, bool withSlopes) =>
            new(1 + parameters[0], 0, 0, 0.5, withSlopes ? [0] : [], withSlopes ? [1] : []);
    }
}
