using SlmPlanner.Core.Fitting;
using SlmPlanner.Core.Time;

namespace SlmPlanner.Tests.Fitting;

public sealed class SetupScatterTests
{
    private static readonly FitOptions Options = FitOptions.Default with { Scatter = 0.1, Noise = 0.03 };

    /// <summary>Ten rows of the usual 10 % and thirty of 20 %: √((10 · 0.01 + 30 · 0.04) / 40).</summary>
    [Fact]
    public void Rows_of_a_setup_count_beside_ten_of_the_usual_scatter() =>
        Assert.Equal(Math.Sqrt(1.3 / 40), SetupScatter.Estimate(Options, [.. Enumerable.Repeat(0.04, 30)]), 12);

    /// <summary>One row y = e, e ~ N(0, τ²), nothing else: the posterior of e is y itself, whatever τ.</summary>
    [Fact]
    public void Without_coefficients_a_row_is_all_scatter() =>
        Assert.Equal(0.3 * 0.3, SetupScatter.Square(0.1, 1, 0.3 / 0.01, 1 / 0.01), 12);

    [Fact]
    public void What_is_predicted_is_in_a_new_setup_unless_it_is_of_a_known_one_or_on_a_calibrated_machine()
    {
        var known = new SetupScatter(Options, new Dictionary<string, double> { ["study: stack"] = 0.02 });
        Assert.Equal(0.02, known.Of(new() { Source = "study", Stack = "stack" }));
        Assert.Equal(0.1, known.Of(new() { Source = "another", Stack = "stack" }));
        Assert.Equal(0.1, known.Of(new() { Stack = "stack" }));
        Assert.Equal(0.03, known.Of(new() { Machine = "box" }));
        Assert.Equal(0.03, new SetupScatter(Options, new Dictionary<string, double>()).Of(new GroupKeys()));
    }
}
