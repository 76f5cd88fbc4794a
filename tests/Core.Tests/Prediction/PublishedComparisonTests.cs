using SlmPlanner.Core.Fitting;
using SlmPlanner.Core.Measurements;
using SlmPlanner.Core.Prediction;
using SlmPlanner.Core.Training;
using SlmPlanner.Core.Workloads;
using SlmPlanner.Data.History;
using SlmPlanner.Data.Measurements;
using SlmPlanner.Data.Profiles;
using SlmPlanner.Data.Store;
using SlmPlanner.Tests;

namespace SlmPlanner.Core.Tests.Prediction;

/// <summary>Bursts of a device with published rows, made as fast and as slow as the test says.</summary>
public sealed class PublishedComparisonTests
{
    private static readonly ProfileStore Store = ProfileStore.Open(Repository.Profiles);
    private static readonly FittedModel Model = PerformanceFiles.Read(Store).Published;
    private static readonly WorkloadResolver Resolver = new(Store.Datasheets, Store.Stacks, Publications.Read(Store));
    private static readonly Predictor Predictor = new(Model, FitOptions.Default);

    /// <summary>By hand: at 0.9 and 0.8 of what is predicted the geometric mean is the root of 0.72.</summary>
    [Fact]
    public void The_measured_speed_is_the_geometric_mean_of_the_ratios()
    {
        var found = Assert.Single(PublishedComparison.Of(Model, [At(0.9, 12), At(0.8, 24)]));
        Assert.Equal(("H100-SXM", 2), (found.Device, found.Configurations));
        Assert.Equal(Math.Sqrt(0.72), found.Speed, 1e-9);
        Assert.True(found.RowsOfDevice > 50, $"{found.RowsOfDevice}");
        Assert.True(found.IsExpected);
        Assert.False(PublishedComparison.Of(Model, [At(0.1, 12)])[0].IsExpected);
    }

    [Fact]
    public void One_burst_is_expected_as_exactly_as_a_row_of_a_file()
    {
        var (low, high) = Predictor.Predict(Burst(12)).Interval(0.9);
        var found = PublishedComparison.Of(Model, [At(1, 12)])[0];
        Assert.Equal(Math.Sqrt(high / low), found.ExpectedHigh, 1e-6);
        Assert.Equal(1 / found.ExpectedHigh, found.ExpectedLow, 1e-9);
    }

    /// <summary>Their own scatter averages out; what they share, the device and the software, does not.</summary>
    [Fact]
    public void Many_bursts_are_expected_more_exactly_than_one_but_not_by_their_number()
    {
        double Reach(params Workload[] bursts) => Math.Log(Assert.Single(PublishedComparison.Of(Model, bursts)).ExpectedHigh);
        Workload[] bursts = [.. Enumerable.Range(12, 9).Select(layers => At(1, layers))];
        var alone = bursts.Average(burst => Reach(burst));
        Assert.InRange(Reach(bursts), alone / 2, alone * 0.999);
    }

    /// <summary>By hand: two standard errors of 0.02 and 0.01 make one of √5/200 of their mean, at 1.645 on each side.</summary>
    [Fact]
    public void The_interval_of_what_was_measured_is_that_of_its_steps()
    {
        var found = PublishedComparison.Of(Model, [At(1, 12, 0.02), At(1, 24, 0.01)])[0];
        Assert.Equal(1.645 * Math.Sqrt(5) / 200, Math.Log(found.SpeedHigh / found.Speed), 1e-4);
        Assert.Equal(found.Speed * found.Speed, found.SpeedLow * found.SpeedHigh, 1e-9);
    }

    [Fact]
    public void Bursts_of_a_store_count_where_a_datasheet_knows_their_device_and_nobody_dropped_them()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "store.db");
        Assert.Empty(KeptBursts.Read(path, Store));
        using (var kept = EvidenceStore.OpenToAdd(path))
        {
            var seen = At(1, 12).Observation;
            kept.Add(
            [
                new(seen, EvidenceKind.Burst), new(seen with { Machine = new("Some-CPU-2t", 1, 1) }, EvidenceKind.Burst),
                new(seen with { Name = "run", Speed = new(7) }, EvidenceKind.Run),
            ], DateTimeOffset.UnixEpoch);
        }
        var burst = Assert.Single(KeptBursts.Read(path, Store));
        Assert.Equal(("H100-SXM", KeptBursts.Stack), (burst.Device, burst.Keys.Stack));
    }

    private static Workload At(double share, int layers, double logError = 0) => Resolver.Resolve(Burst(layers).Observation with
    {
        Speed = new(Predictor.Predict(Burst(layers)).TokensPerSecond * share, LogError: logError),
    });

    private static Workload Burst(int layers) => Resolver.Resolve(KeptBursts.Named(new()
    {
        Name = $"burst-{layers}", From = new(null), Machine = new("H100-SXM", 1, 1), Stack = new(Compile: false),
        Model = new()
        {
            Name = "small", Layers = layers, DModel = 1024, Heads = 16, KvHeads = 16, DFfn = 4096, Vocab = 32_000,
        },
        Recipe = new()
        {
            SeqLen = 1024, MicroBatch = 8, GradAccum = 1, Precision = Precision.Bf16Mixed, Attention = AttentionKind.Flash,
            Recomputation = Recomputation.None, Optimizer = "adamw",
        },
        Mesh = new(null),
        Speed = new(1),
    }));
}
