using SlmPlanner.Core.Fitting;
using SlmPlanner.Core.Prediction;

namespace SlmPlanner.Tests.Fitting;

public sealed class LogVarianceTests
{
    [Fact]
    public void The_quick_variance_is_that_of_the_whole_covariance()
    {
        var model = Fit.Run(SyntheticRows.Grid(), SyntheticRows.Resolver, new Dictionary<string, string>(), FitOptions.Default).Model;
        var keys = SyntheticRows.Resolver.Resolve(SyntheticRows.Record(12, 1536, 8)).Keys;
        foreach (var group in new[] { keys, keys with { Stack = "another stack" },
            keys with { Device = "another device", Parallelism = "FsdpFull" } })
        {
            double[] gradient = [.. model.Logs(group).Select((_, index) => Math.Sin(index + 1))];
            Assert.Equal(Predictor.LogVariance(gradient, model.Covariance(group)), model.LogVariance(group, gradient), 1e-9);
        }
    }

    [Fact]
    public void Without_rows_the_variance_is_the_priors()
    {
        var keys = SyntheticRows.Resolver.Resolve(SyntheticRows.Record(12, 1536, 8)).Keys;
        double[] gradient = [.. FittedModel.Prior.Logs(keys).Select(_ => 1.0)];
        Assert.Equal(Predictor.LogVariance(gradient, FittedModel.Prior.Covariance(keys)), FittedModel.Prior.LogVariance(keys, gradient),
            1e-12);
    }
}
