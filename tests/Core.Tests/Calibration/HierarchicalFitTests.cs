using SlmPlanner.Core.Calibration;
using SlmPlanner.Data.Profiles;

namespace SlmPlanner.Tests.Calibration;

public sealed class HierarchicalFitTests
{
    private static readonly IReadOnlyDictionary<string, string> _none = new Dictionary<string, string>();

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
        Assert.Equal(FitFile.Of(Run(), null, FitOptions.Default, "test").ToJson(), FitFile.Of(Run(), null, FitOptions.Default, "test").ToJson());

    [Fact]
    public void A_row_that_is_ten_times_too_slow_bends_the_fit_little()
    {
        var wrong = SyntheticRows.Measured(16, 1024, 8);
        wrong = wrong with { Id = "wrong", TokensPerSecondPerGpu = wrong.TokensPerSecondPerGpu / 10 };
        var report = Fit.Run([.. SyntheticRows.Grid(), new("made up", 9, "wrong", wrong, null)], SyntheticRows.Resolver, _none, FitOptions.Default);
        var truth = SyntheticRows.Measured(12, 1536, 8);
        var prediction = new Predictor(report.Model, FitOptions.Default).Predict(SyntheticRows.Resolver.Resolve(truth));
        Assert.InRange(prediction.TokensPerSecond / truth.TokensPerSecondPerGpu!.Value, 0.97, 1.03);
        Assert.Contains(report.Findings, finding => finding is OutlyingRows rows && rows.Worst.Any(row => row.Id.Contains("wrong", StringComparison.Ordinal)));
    }

    [Fact]
    public void Measurements_narrow_the_interval()
    {
        var workload = SyntheticRows.Resolver.Resolve(SyntheticRows.Record(12, 1536, 8));
        var before = new Predictor(FittedModel.Prior, FitOptions.Default).Predict(workload).LogDeviation;
        var after = new Predictor(Run().Model.With(IntervalScales.None), FitOptions.Default).Predict(workload).LogDeviation;
        Assert.True(after < before / 3, FormattableString.Invariant($"{before} before, {after} after"));
    }

    [Fact]
    public void What_a_row_leaves_open_widens_its_interval()
    {
        var predictor = new Predictor(Run().Model, FitOptions.Default);
        var record = SyntheticRows.Record(12, 1536, 8);
        var stated = predictor.Predict(SyntheticRows.Resolver.Resolve(record));
        var open = predictor.Predict(SyntheticRows.Resolver.Resolve(record with { MicroBatch = null, Attention = null }));
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

    private static FitReport Run() => Fit.Run(SyntheticRows.Grid(), SyntheticRows.Resolver, _none, FitOptions.Default);
}
