using MathNet.Numerics.Distributions;
using SlmPlanner.Core.Fitting;

namespace SlmPlanner.Tests.Fitting;

/// <summary>Intervals against draws whose distribution is known.</summary>
public sealed class IntervalScaleTests
{
    private const int Groups = 150, RowsOfGroup = 4;
    private const double GroupDeviation = 0.3, Noise = 0.1;

    /// <summary>A factor by hand: the 0.99 quantile of |t| with 3 degrees of freedom is 5.841, the normal one 2.576, so 2.268.</summary>
    [Fact]
    public void Tails_show_in_the_factor_of_their_level()
    {
        var scale = IntervalScale.Of(Enumerable.Range(0, 20_000)
            .Select(index => Math.Abs(StudentT.InvCDF(0, 1, 3, (index + 0.5) / 20_000))));
        Assert.Equal(5.841 / 2.576, scale.At(0.99), 0.02);
        Assert.Equal(2.353 / 1.645, scale.At(0.9), 0.01);
        Assert.Equal(0.765 / 0.674, scale.At(0.5), 0.01);
    }

    [Fact]
    public void Between_levels_the_factor_is_linear_in_the_normal_quantile_and_constant_beyond()
    {
        var scale = new IntervalScale([1, 1, 1, 2, 3]);
        var between = 2 * Normal.CDF(0, 1, (1.644854 + 1.959964) / 2) - 1;
        Assert.Equal(1.5, scale.At(between), 5);
        Assert.Equal(1, scale.At(0.1));
        Assert.Equal(3, scale.At(0.999));
    }

    /// <summary>
    /// Groups whose effects are drawn from a Student t with 4 degrees of freedom while the model believes them normal: rows of groups
    /// that were never seen fall inside their intervals as often as the intervals say, at every level.
    /// </summary>
    [Theory]
    [InlineData(0.5, 0.05)]
    [InlineData(0.9, 0.03)]
    [InlineData(0.99, 0.0085)]
    public void Intervals_of_unseen_groups_cover_what_they_say(double level, double tolerance)
    {
        var random = new Random(7);
        double covered = 0;
        const int Draws = 20;
        for (var draw = 0; draw < Draws; draw++)
        {
            var scale = Fitted(random);
            var deviation = Math.Sqrt(GroupDeviation * GroupDeviation + Noise * Noise);
            var reach = IntervalScale.Reach(level) * scale.At(level) * deviation;
            covered += Enumerable.Range(0, 4000).Average(_ => Math.Abs(Effect(random) + Noise * Normal.Sample(random, 0, 1)) <= reach ? 1.0
                : 0);
        }
        Assert.Equal(level, covered / Draws, tolerance);
    }

    /// <summary>The scale that leaving each group out in turn gives.</summary>
    private static IntervalScale Fitted(Random random)
    {
        double[] deviations = [.. Enumerable.Repeat(GroupDeviation, Groups)];
        var options = new FitOptions(Noise, Freedom: double.PositiveInfinity, Tolerance: 1e-9);
        var rows = new List<IMeasuredTime>();
        for (var group = 0; group < Groups; group++)
        {
            var effect = Effect(random);
            for (var row = 0; row < RowsOfGroup; row++)
                rows.Add(new OneEffect(effect + Noise * Normal.Sample(random, 0, 1), group));
        }
        var objective = new Objective(rows, new double[Groups], deviations, options);
        var end = PosteriorSearch.Run(objective, new double[Groups], deviations, options);
        var residuals = new LeaveOutResiduals(
            end.Rows, new string?[rows.Count], objective, deviations, objective.Offsets(end.Parameters), options);
        return IntervalScale.Of(residuals.Standardised([.. rows.Select(row => $"{((OneEffect)row).Group}")]));
    }

    private static double Effect(Random random) => GroupDeviation * StudentT.Sample(random, 0, 1, 4);

    private sealed record OneEffect(double Measured, int Group) : IMeasuredTime
    {
        public LinearObservation At(double[] parameters, bool withSlopes) =>
            new(Measured - parameters[Group], 0, 0, IntervalScaleTests.Noise, withSlopes ? [Group] : [], withSlopes ? [1] : []);
    }
}
