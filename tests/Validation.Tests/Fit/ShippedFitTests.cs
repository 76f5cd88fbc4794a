using SlmPlanner.Core.Fitting;
using SlmPlanner.Core.Measurements;
using SlmPlanner.Core.Prediction;
using SlmPlanner.Core.Workloads;
using SlmPlanner.Data.Measurements;
using SlmPlanner.Data.Profiles;
using SlmPlanner.Planner.Requests;

namespace SlmPlanner.Tests.Fit;

public sealed class ShippedFitTests
{
    private static readonly ProfileStore Store = ProfileStore.Open(Repository.Profiles);
    private static readonly IReadOnlyList<MeasurementRow> Rows = 
    [
        .. ShippedRows.Files.SelectMany(pattern => Store.Files("validation", pattern)).SelectMany(MeasurementCsv.Read),
    ];

    [Fact]
    public void Every_measured_row_is_predicted_or_keeps_its_place_with_a_reason()
    {
        var predictor = new RowPredictor(Store.Devices, PerformanceFiles.Read(Store), Store.Memory);
        Assert.All(Rows, row =>
        {
            var prediction = predictor.Predict(row);
            Assert.Equal(row.Name, prediction.Id);
            if (prediction.TokensPerSecondPerGpu is { } speed)
                Assert.True(speed > 0 && prediction.Low < speed && speed < prediction.High);
            else
                Assert.NotEmpty(prediction.Note);
        });
    }

    [Fact]
    public void Every_device_of_the_fitted_rows_has_rows_in_the_shipped_fit()
    {
        var model = PerformanceFiles.Read(Store).Published;
        var (workloads, _) = ShippedRows.Read(Store);
        Assert.All(workloads.Where(workload => workload.Keys.Split is null), workload => Assert.Contains(workload.Device, model.Devices));
        Assert.Equal(workloads.Count, model.Rows.Count);
    }

    [Fact]
    public void The_shipped_fit_converged_and_says_how_it_was_made()
    {
        var file = FitFile.Read(Path.Combine(Repository.Profiles, "fit", "published.json"));
        Assert.True(file.Converged);
        Assert.StartsWith("slm-calibrate fit --measurements measured.csv", file.Command, StringComparison.Ordinal);
        Assert.All(file.Rejected, row => Assert.NotEmpty(row.Reason));
    }
}
