using SlmPlanner.Core.Fitting;
using SlmPlanner.Core.Prediction;
using SlmPlanner.Core.Time;
using SlmPlanner.Core.Time.Terms;
using SlmPlanner.Data.Profiles;

namespace SlmPlanner.Tests.Fitting;

public sealed class HierarchicalFitTests
{
    private static readonly IReadOnlyDictionary<string, string> None = new Dictionary<string, string>();

    [Fact]
    public void Speeds_made_by_the_equation_are_found_again_at_a_size_that_was_not_fitted()
    {
        var predictor = new Predictor(Run().Model, FitOptions.Default);
        var unseen = SyntheticRows.Measured(12, 1536, 8);
        var prediction = predictor.Predict(SyntheticRows.Resolver.Resolve(unseen));
        Assert.InRange(prediction.TokensPerSecond / unseen.TokensPerSecondPerGpu!.Value, 0.98, 1.02);
    }

    [Fact]
    public void The_same_rows_and_seed_give_the_same_bytes() =>
        Assert.Equal(FitFile.Of(Run(), null, FitOptions.Default, "test").ToJson(),
            FitFile.Of(Run(), null, FitOptions.Default, "test").ToJson());

    [Fact]
    public void A_row_that_is_ten_times_too_slow_bends_the_fit_little()
    {
        var wrong = SyntheticRows.Measured(16, 1024, 8);
        wrong = wrong with { Name = "wrong", Speed = new(wrong.TokensPerSecondPerGpu!.Value / 10) };
        var report = Fit.Run([.. SyntheticRows.Grid(), new("made up", 9, "wrong", wrong, null)], SyntheticRows.Resolver, None,
            FitOptions.Default);
        var truth = SyntheticRows.Measured(12, 1536, 8);
        var prediction = new Predictor(report.Model, FitOptions.Default).Predict(SyntheticRows.Resolver.Resolve(truth));
        Assert.InRange(prediction.TokensPerSecond / truth.TokensPerSecondPerGpu!.Value, 0.97, 1.03);
        Assert.Contains(report.Findings, finding => finding is OutlyingRows rows
            && rows.Worst.Any(row => row.Id.Contains("wrong", StringComparison.Ordinal)));
    }

    [Fact]
    public void Measurements_narrow_the_interval()
    {
        var workload = SyntheticRows.Resolver.Resolve(SyntheticRows.Record(12, 1536, 8));
        var before = new Predictor(FittedModel.Prior, FitOptions.Default).Predict(workload).LogDeviation;
        var after = new Predictor(Run().Model.With(IntervalScales.None), FitOptions.Default).Predict(workload).LogDeviation;
        Assert.True(after < before / 1.8, FormattableString.Invariant($"{before} before, {after} after"));
    }

    [Fact]
    public void What_a_row_leaves_open_widens_its_interval()
    {
        var predictor = new Predictor(Run().Model, FitOptions.Default);
        var record = SyntheticRows.Record(12, 1536, 8);
        var stated = predictor.Predict(SyntheticRows.Resolver.Resolve(record));
        var open = predictor.Predict(SyntheticRows.Resolver.Resolve(
            record with { Recipe = record.Recipe with { MicroBatch = null, Attention = null } }));
        Assert.True(open.LogDeviation > stated.LogDeviation);
    }

    [Fact]
    public void A_fitted_profile_predicts_the_same_after_a_round_trip_through_its_file()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "profile.json");
        var report = Run();
        File.WriteAllText(path, FitFile.Of(report, null, FitOptions.Default, "test").ToJson());
        var workload = SyntheticRows.Resolver.Resolve(SyntheticRows.Record(12, 1536, 8));
        var written = new Predictor(report.Model, FitOptions.Default).Predict(workload);
        var read = new Predictor(FitFile.Read(path).ToModel(), FitOptions.Default).Predict(workload);
        Assert.Equal(written.LogSecondsPerToken, read.LogSecondsPerToken, 4);
        Assert.Equal(written.LogDeviation, read.LogDeviation, 3);
    }

    /// <summary>What a row leaves open is scaled with the rest of its deviation, as it was when the scales were found.</summary>
    [Fact]
    public void Interval_scales_apply_to_what_is_open_too()
    {
        var record = SyntheticRows.Record(12, 1536, 8);
        var open = SyntheticRows.Resolver.Resolve(record with { Recipe = record.Recipe with { MicroBatch = null, Attention = null } });
        var model = Run().Model;
        double Width(double scale)
        {
            var (low, high) = new Predictor(model.With(IntervalScales.Flat(scale)), FitOptions.Default).Predict(open).Interval(0.9);
            return Math.Log(high / low);
        }

        Assert.Equal(3 * Width(1), Width(3), 9);
    }

    /// <summary>
    /// By hand: prior variance σ² of a coefficient of no known group, one row of precision 100 and slope 2, so 1 / (1/σ² + 4 · 100).
    /// </summary>
    [Fact]
    public void The_variance_of_one_coefficient_is_that_of_the_conjugate_normal()
    {
        var gradient = new double[StepTimeEquation.CoefficientCount];
        gradient[(int)StepCoefficient.FlashSmallHead] = 2;
        var model = new FittedModel([], [new("row", new(), gradient, 100, 0)], IntervalScales.None, true);
        gradient = [.. gradient.Select(slope => slope / 2)];
        var prior = CoefficientPriors.All[(int)StepCoefficient.FlashSmallHead];
        var stack = Assert.Single(prior.Levels).Deviation;
        Assert.Equal(
            (1 / ((1 / (prior.Deviation * prior.Deviation)) + 400)) + (stack * stack), model.LogVariance(new(), gradient), 12);
    }

    private static FitReport Run() => Fit.Run(SyntheticRows.Grid(), SyntheticRows.Resolver, None, FitOptions.Default);
}
