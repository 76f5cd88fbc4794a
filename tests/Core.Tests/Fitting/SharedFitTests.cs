using SlmPlanner.Core.Fitting;
using SlmPlanner.Core.Fitting.Learning;
using SlmPlanner.Core.Measurements;
using SlmPlanner.Core.Prediction;
using SlmPlanner.Core.Time;
using SlmPlanner.Core.Training;
using SlmPlanner.Core.Workloads;

namespace SlmPlanner.Tests.Fitting;

/// <summary>Runs that share the model are learned from, and move nothing that whole models tell.</summary>
public sealed class SharedFitTests
{
    /// <summary>How much slower than the equation says the shared runs were.</summary>
    private const double Slower = 1.4;

    private static readonly Lazy<(FittedModel Whole, FittedModel Both)> Made = new(() => (Fitted(0), Fitted(6)));

    [Fact]
    public void Predictions_of_whole_models_are_the_same_to_the_last_bit()
    {
        var workload = SyntheticRows.Resolver.Resolve(SyntheticRows.Record(12, 1536, 8));
        var (whole, both) = (Predict(Made.Value.Whole, workload), Predict(Made.Value.Both, workload));
        Assert.Equal(whole.LogSecondsPerToken, both.LogSecondsPerToken);
        Assert.Equal(whole.LogDeviation, both.LogDeviation, 12);
    }

    /// <summary>Six runs, all 1.4 times slower than what whole models tell of them, at a size that is not among them.</summary>
    [Fact]
    public void Shared_runs_are_predicted_as_others_of_their_stack_were_measured()
    {
        var workload = SyntheticRows.Resolver.Resolve(Shared(20, 1));
        var (whole, both) = (Predict(Made.Value.Whole, workload), Predict(Made.Value.Both, workload));
        Assert.InRange(Math.Exp(both.LogSecondsPerToken - whole.LogSecondsPerToken), 1.2, 1.5);
        Assert.True(both.LogDeviation < whole.LogDeviation, $"{both.LogDeviation} after, {whole.LogDeviation} before");
    }

    /// <summary>A model that has met a whole setup has its coefficients at hand: a shared one of the same scheme has others.</summary>
    [Fact]
    public void What_was_predicted_before_changes_nothing()
    {
        StepTimeModel Model() => new(
            Time.ExampleSetups.Shape, Time.ExampleSetups.Device, null, SoftwareStack.Unknown with { Name = "made-up stack" },
            Made.Value.Both);
        var whole = Time.ExampleSetups.Setup with { Layout = Scheme.Ddp.On(8, 8) };
        var shared = whole with { Layout = Scheme.Parse("tp(4)+sp").On(8, 8) };
        var used = Model();
        used.Predict(whole);
        Assert.Equal(Model().Predict(shared).TotalSeconds, used.Predict(shared).TotalSeconds);
    }

    [Fact]
    public void A_learned_shared_run_moves_other_shared_runs_and_no_whole_one()
    {
        var known = Made.Value.Whole;
        var learned = LearnedFit.Of(known, [SyntheticRows.Resolver.Resolve(Measured(known, 8))], FitOptions.Default);
        var (shared, plain) = (
            SyntheticRows.Resolver.Resolve(Shared(20, 1)), SyntheticRows.Resolver.Resolve(SyntheticRows.Record(12, 1536, 8)));
        Assert.True(Predict(learned, shared).LogSecondsPerToken > Predict(known, shared).LogSecondsPerToken + 0.02);
        Assert.Equal(Predict(known, plain).LogSecondsPerToken, Predict(learned, plain).LogSecondsPerToken, tolerance: 0.005);
    }

    [Fact]
    public void A_shared_run_tells_of_what_sharing_adds_alone()
    {
        GroupKeys shared = new() { Stack = "stack", Split = "stack", Device = "device" };
        var table = new ParameterTable([new() { Stack = "stack", Device = "device" }, shared]);
        Assert.All(table.Told(shared).SelectMany(group => group).Select(member => table.Parameters[member]), parameter => Assert.True(
            parameter.Level == GroupLevel.Split || Core.Time.Terms.CoefficientPriors.All[(int)parameter.Coefficient].OfSplits));
        Assert.Equal(table.Members(new() { Stack = "stack" }), table.Told(new() { Stack = "stack" }));
    }

    private static SpeedPrediction Predict(FittedModel model, Workload workload) =>
        new Predictor(model, FitOptions.Default).Predict(workload);

    private static FittedModel Fitted(int shared)
    {
        var whole = Fit.Run(SyntheticRows.Grid(), SyntheticRows.Resolver, new Dictionary<string, string>(), FitOptions.Default).Model;
        if (shared == 0)
            return whole;
        MeasurementRow[] rows = [.. Enumerable.Range(1, shared).Select(index => Measured(whole, 4 * index))
            .Select((row, index) => new MeasurementRow("made up", index, row.Name, row, null))];
        return Fit.Run(
            [.. SyntheticRows.Grid(), .. rows], SyntheticRows.Resolver, new Dictionary<string, string>(), FitOptions.Default).Model;
    }

    private static Observation Measured(FittedModel model, int layers) => Shared(
        layers, Predict(model, SyntheticRows.Resolver.Resolve(Shared(layers, 1))).TokensPerSecond / Slower);

    private static Observation Shared(int layers, double speed)
    {
        var record = SyntheticRows.Record(layers, 1024, 4, speed);
        return record with
        {
            Name = $"shared-{layers}", Machine = record.Machine with { Gpus = 4, GpusPerNode = 8 },
            Mesh = new(Scheme.Parse("tp(4)+sp")),
        };
    }
}
