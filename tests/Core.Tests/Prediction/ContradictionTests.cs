using SlmPlanner.Core.Fitting;
using SlmPlanner.Core.Measurements;
using SlmPlanner.Core.Prediction;
using SlmPlanner.Core.Training;
using SlmPlanner.Core.Workloads;
using SlmPlanner.Data.Measurements;
using SlmPlanner.Data.Profiles;
using SlmPlanner.Tests;

namespace SlmPlanner.Core.Tests.Prediction;

/// <summary>Published rows told with one field wrong: the field must be found.</summary>
public sealed class ContradictionTests
{
    private static readonly ProfileStore Store = ProfileStore.Open(Repository.Profiles);
    private static readonly WorkloadResolver Resolver = new(Store.Datasheets, Store.Stacks, Publications.Read(Store));
    private static readonly FittedModel Model = PerformanceFiles.Read(Store).Published;

    private static Contradiction Of(Observation seen) => Contradiction.Of(seen, Resolver, Model, Store.Datasheets.Devices);

    private static Observation[] Rows(string gpu) =>
    [
        .. from path in Store.Files("validation", "measured*.csv")
           from row in MeasurementCsv.Read(path)
           where row.Observation is { LeftOut: null, Speed: not null } seen && seen.Stack.Name == "llm-foundry"
               && Store.Datasheets.Find(seen.Machine.Gpu).Name == gpu && seen.Machine.Gpus == 8 && seen.Model.Parameters < 9e9
               && seen.Recipe.Precision == Precision.Bf16Mixed
           select row.Observation,
    ];

    [Fact]
    public void Rows_as_they_were_published_agree()
    {
        var rows = Rows("H100-SXM");
        Assert.True(rows.Length >= 3, $"{rows.Length} rows are too few");
        Assert.All(rows, row => Assert.False(Of(row).IsGrave, $"{row.Name}: {Of(row).Deviations}"));
    }

    [Fact]
    public void Another_gpu_than_said_is_found()
    {
        var rows = Rows("H100-SXM").Select(row => Of(row with { Machine = row.Machine with { Gpu = "A100-40GB-SXM" } })).ToList();
        Assert.All(rows, found => Assert.True(found.IsGrave && found.Deviations < 0, $"{found.Deviations} deviations"));
        Assert.All(rows, found => Assert.Contains(found.Explanations, one => one.Field == "gpu"));
    }

    [Fact]
    public void The_rate_of_all_gpus_taken_for_that_of_one_is_found()
    {
        var found = Rows("H100-SXM").Select(row => Of(row with { Speed = new(row.TokensPerSecondPerGpu!.Value * 8) })).ToList();
        Assert.All(found, one => Assert.InRange(one.SpeedRatio, 6, 10));
        Assert.Contains(found, one => one.Explanations.Any(explanation => explanation.Field == "tokens per second"));
    }

    [Fact]
    public void A_run_without_a_speed_is_refused() =>
        Assert.Throws<InputException>(() => Of(Rows("H100-SXM")[0] with { Speed = null }));
}
