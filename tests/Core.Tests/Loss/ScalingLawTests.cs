using CsCheck;
using SlmPlanner.Core;
using SlmPlanner.Core.Economics.Loss;
using SlmPlanner.Core.Models;
using SlmPlanner.Data.Economics;
using SlmPlanner.Tests.Planning;

namespace SlmPlanner.Tests.Loss;

public sealed class ScalingLawTests
{
    private static readonly ScalingLaw Law = ScalingLawFile.Read(RepositoryProfiles.Folder);

    private static readonly Gen<(double N, double D)> Points =
        Gen.Select(Gen.Double[Math.Log(7e7), Math.Log(1.6e10)], Gen.Double[Math.Log(1e9), Math.Log(5e11)])
            .Select((n, d) => (Math.Exp(n), Math.Exp(d)));

    /// <summary>Oracle: the constants of Besiroglu et al. put into the formula with 30-digit decimal arithmetic.</summary>
    [Fact]
    public void One_billion_parameters_on_twenty_billion_tokens_lose_2_53_nats() =>
        Assert.Equal(2.530050, Law.Loss(1e9, 20e9), 5);

    /// <summary>Oracle: central differences of the loss itself.</summary>
    [Fact]
    public void Loss_per_token_is_the_slope_of_the_loss() =>
        Points.Sample(point =>
        {
            var step = 1e-4 * point.D;
            var slope = (Law.Loss(point.N, point.D - step) - Law.Loss(point.N, point.D + step)) / (2 * step);
            return Math.Abs(Law.LossPerToken(point.N, point.D) / slope - 1) < 1e-4;
        });

    [Fact]
    public void More_tokens_or_parameters_never_raise_the_loss() =>
        Gen.Select(Points, Gen.Double[1.0001, 10]).Sample((point, more) =>
            Law.Loss(point.N, point.D * more) < Law.Loss(point.N, point.D)
            && Law.Loss(point.N * more, point.D) < Law.Loss(point.N, point.D));

    [Fact]
    public void Tokens_for_a_loss_invert_the_loss() => Points.Sample(point =>
        Math.Abs(Law.TokensFor(point.N, Law.Loss(point.N, point.D))!.Value / point.D - 1) < 1e-6);

    [Fact]
    public void A_loss_below_what_the_size_allows_has_no_tokens() => Assert.Null(Law.TokensFor(1e8, 2));

    [Fact]
    public void Outside_the_runs_behind_the_law_there_is_no_prediction()
    {
        Assert.Null(Law.Predict(1e7, 20e9));
        Assert.Null(Law.Predict(1e9, 2e12));
        Assert.NotNull(Law.Predict(1e9, 20e9));
    }

    [Fact]
    public void The_interval_holds_the_mean_and_grows_with_confidence() => Points.Sample(point =>
    {
        var (narrow, wide) = (Law.Predict(point.N, point.D, 0.5)!.Value, Law.Predict(point.N, point.D, 0.95)!.Value);
        return wide.Low < narrow.Low && narrow.Low < narrow.Mean && narrow.Mean < narrow.High && narrow.High < wide.High;
    });

    /// <summary>Oracle: first-order propagation done by drawing the five constants from their joint normal distribution.</summary>
    [Fact]
    public void The_standard_error_agrees_with_drawing_the_constants()
    {
        const int Draws = 20_000;
        const double Shrink = 0.05;
        var small = Law with
        {
            SeedSpread = 0,
            E = Law.E with { StandardError = Law.E.StandardError * Shrink },
            A = Law.A with { StandardError = Law.A.StandardError * Shrink },
            B = Law.B with { StandardError = Law.B.StandardError * Shrink },
            Alpha = Law.Alpha with { StandardError = Law.Alpha.StandardError * Shrink },
            Beta = Law.Beta with { StandardError = Law.Beta.StandardError * Shrink },
        };
        var random = new Random(7);
        double Z() => MathNet.Numerics.Distributions.Normal.Sample(random, 0, 1);
        Coefficient Moved(Coefficient c, double z) => new(c.Value + z * c.StandardError!.Value);
        var losses = Enumerable.Range(0, Draws).Select(_ =>
        {
            var (size, data) = (Z(), Z());
            var moved = small with
            {
                E = Moved(small.E, Z()),
                A = Moved(small.A, size), Alpha = Moved(small.Alpha, size),
                B = Moved(small.B, data), Beta = Moved(small.Beta, data),
            };
            return moved.Loss(1e9, 20e9);
        });
        var drawn = MathNet.Numerics.Statistics.Statistics.StandardDeviation(losses);
        Assert.Equal(1, small.StandardError(1e9, 20e9) / drawn, 0.03);
    }

    [Fact]
    public void A_vocabulary_beyond_the_laws_own_adds_nothing_and_a_smaller_one_is_counted_in_full()
    {
        var shape = PlanningWorld.Shape(12, 768, 12);
        Assert.Equal(ParameterCount.Of(shape).Total, Law.ParametersOf(shape), 1e-3);
        Assert.Equal(Law.ParametersOf(shape), Law.ParametersOf(shape with { Vocab = 256_000 }), 1e-3);
    }

    [Fact]
    public void Every_shipped_law_reads() =>
        Assert.All(ScalingLawFile.Names(RepositoryProfiles.Folder), name => ScalingLawFile.Read(RepositoryProfiles.Folder, name));

    [Fact]
    public void An_unknown_law_names_the_known_ones() =>
        Assert.Contains("besiroglu-2024", Assert.Throws<InputException>(() =>
            ScalingLawFile.Read(RepositoryProfiles.Folder, "nope")).Message);

    [Theory]
    [InlineData("\"value\": 0.3478", "\"value\": -1", "alpha is -1")]
    [InlineData("\"value\": 1.8172", "\"value\": 0", "e is 0")]
    [InlineData("\"name\"", "\"nom\"", "nom")]
    public void A_bad_constant_or_field_is_named(string from, string to, string expected)
    {
        var text = File.ReadAllText(Path.Combine(RepositoryProfiles.Folder, "loss", "besiroglu-2024.json"));
        var message = Assert.Throws<InputException>(() => ScalingLawFile.Parse(text.Replace(from, to), "law.json")).Message;
        Assert.StartsWith("law.json", message);
        Assert.Contains(expected, message);
    }
}
