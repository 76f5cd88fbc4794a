using SlmPlanner.Core.Time;
using SlmPlanner.Core.Time.Terms;

namespace SlmPlanner.Tests.Time;

public sealed class CoefficientPriorsTests
{
    [Fact]
    public void There_is_one_prior_per_coefficient_in_their_order() =>
        Assert.Equal(Enum.GetValues<StepCoefficient>(), CoefficientPriors.All.Select(prior => prior.Coefficient));

    [Fact]
    public void Every_prior_is_positive_and_every_level_may_deviate() => Assert.All(CoefficientPriors.All, prior =>
    {
        Assert.True(prior.Value > 0 && prior.Deviation > 0);
        Assert.All(prior.Levels, level => Assert.True(level.Deviation > 0));
    });
}
