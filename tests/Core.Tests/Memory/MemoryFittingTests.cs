using SlmPlanner.Core.Measurements;
using SlmPlanner.Core.Memory;
using SlmPlanner.Core.Memory.Components;
using SlmPlanner.Core.Memory.Fitting;
using SlmPlanner.Core.Models.Blocks;
using SlmPlanner.Core.Training;
using SlmPlanner.Tests.Time;

namespace SlmPlanner.Tests.Memory;

/// <summary>What fits of memory are made of, by hand.</summary>
public sealed class MemoryFittingTests
{
    private const double Gib = 1L << 30;

    private static readonly MemoryTraits Lean = new() { HalfResidual = true };

    private static readonly SoftwareStackCatalog Stacks = new(
        [new("wide", ["wide"], null, MemoryTraits.Unknown), new("lean", ["lean"], null, Lean), new("twin", ["twin"], null, Lean)], []);

    /// <summary>Where the search starts nothing is penalised: it is what documents suggest.</summary>
    [Fact]
    public void The_search_starts_at_what_documents_suggest()
    {
        var start = MemoryBounds.Start();
        var constants = MemoryBounds.Constants(start);
        Assert.Equal(0.6 * Gib, constants.ContextBytes, 1.0);
        Assert.Equal(0.2 * Gib, constants.CollectiveBytes, 1.0);
        Assert.Equal(0.03, constants.Slack, 1e-12);
        Assert.Equal((9, 5, 1, 0.1), (Near(constants.CompiledLogitBytes), Near(constants.PointwiseGeluTensors),
            Near(constants.BackwardShare), Near(MemoryBounds.Spread(start))));
        Assert.Equal(0, MemoryBounds.Penalty(start), 1e-20);
        Assert.Equal((0.6 * Gib, 0.2 * Gib), (MemoryConstants.Documented.ContextBytes, MemoryConstants.Documented.CollectiveBytes));
    }

    /// <summary>
    /// At 0 every coordinate is the middle of its range: 0.75, 0.2, 0.06, 9, 4, 1.5, 0.265. In halves of the ranges that is off by 1/3, 0,
    /// 1/2, 0, 1/2, 1/3 and 0.165/0.235: half the sum of squares is (1/9 + 1/4 + 1/4 + 1/9 + 0.4929833)/2.
    /// </summary>
    [Fact]
    public void The_middle_of_the_ranges_costs_what_it_is_off()
    {
        Assert.Equal((1 / 9.0 + 0.25 + 0.25 + 1 / 9.0 + (0.165 / 0.235 * (0.165 / 0.235))) / 2, MemoryBounds.Penalty(new double[7]), 1e-12);
        Assert.Equal(0.75 * Gib, MemoryBounds.Constants(new double[7]).ContextBytes, 1.0);
    }

    /// <summary>
    /// Losses that are squares of a logarithm's distance are least at its weighted mean: (ln 0.1 + 3 ln 0.2)/4. Beyond the ends of 0.02 to
    /// 0.6 nothing is looked for.
    /// </summary>
    [Theory]
    [InlineData(0.1, 0.2, 0.168179)]
    [InlineData(0.001, 0.001, 0.02)]
    [InlineData(3, 3, 0.6)]
    public void The_spread_is_the_likeliest(double one, double three, double expected)
    {
        Func<double, double> Loss(double at) => spread => Math.Pow(Math.Log(spread / at), 2);
        Assert.Equal(1, MemorySpread.Of([(1, Loss(one)), (3, Loss(three))]) / expected, 1e-4);
    }

    /// <summary>
    /// Three publications have a vote each. One has two runs of the wide kind, on one device and as replicas, half a vote each; one is lean
    /// and gated with all sharded, one its twin with sharded states. The lean kind has two votes of three, under the name that is first of
    /// two equal ones. Two votes as all have them are added: one device is 1/6 of all, so that of the wide kind (1/2 + 2/6)/3 and of the
    /// lean one 2/6/4; fully sharded is 1/3, so 2/9 and (1 + 2/3)/4; gated likewise.
    /// </summary>
    [Fact]
    public void Each_publication_has_one_vote()
    {
        var mixture = MemoryMixture.Of(
            [
                Seen("a", "wide", "ddp", 1), Seen("a", "wide", "ddp", 8), Seen("b", "twin", "fsdp_full", 8, gated: true),
                Seen("c", "lean", "zero1", 8),
            ],
            Stacks);
        Assert.Equal(["lean", "wide"], mixture.Select(kind => kind.Stack));
        double[] lean = [2 / 3.0, 2 / 6.0 / 4, 2 / 6.0 / 4, (1 + (2 / 3.0)) / 4, (1 + (2 / 3.0)) / 4, (1 + (2 / 3.0)) / 4];
        double[] wide = [1 / 3.0, (0.5 + (2 / 6.0)) / 3, (0.5 + (2 / 6.0)) / 3, 2 / 9.0, 2 / 9.0, 2 / 9.0];
        Assert.Equal(lean, Shares(mixture[0]), (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.Equal(wide, Shares(mixture[1]), (a, b) => Math.Abs(a - b) < 1e-12);
    }

    /// <summary>
    /// One publication with one run of the lean stack, two with two runs each of its twin: two votes of four halves outweigh a whole one.
    /// </summary>
    [Fact]
    public void A_kind_has_the_name_of_its_commonest_stack() => Assert.Equal("twin", Assert.Single(MemoryMixture.Of(
        [
            Seen("a", "lean", "ddp", 1), Seen("b", "twin", "ddp", 1), Seen("b", "twin", "ddp", 1), Seen("c", "twin", "ddp", 1),
            Seen("c", "twin", "ddp", 1),
        ],
        Stacks)).Stack);

    /// <summary>
    /// Weight · share of gated or not · share of the sharding: 0.5·0.25·0.1, 0.5·0.75·0.2, and so on by sharding.
    /// </summary>
    [Theory]
    [InlineData("ddp", 1, true, 0.0125)]
    [InlineData("ddp", 8, false, 0.075)]
    [InlineData("zero1", 8, false, 0.1125)]
    [InlineData("fsdp_full", 8, true, 0.05)]
    public void A_kind_weighs_what_its_users_state(string scheme, int gpus, bool gated, double weight)
    {
        var kind = new StackWeight("kind", 0.5, 0.1, 0.2, 0.3, 0.4, 0.25);
        Assert.Equal(weight, kind.Given(StackWeight.GroupOf(On(scheme, gpus)), gated), 1e-12);
    }

    /// <summary>
    /// The largest micro-batch that ran is 8; 12 and 16 failed, so the limit lies between 8 and 12. Where only 32 failed, or the report is
    /// of another device, there is none.
    /// </summary>
    [Fact]
    public void A_limit_lies_between_what_ran_and_what_did_not()
    {
        var limit = Assert.Single(MeasuredLimits.Of([Row(4, true), Row(8, true), Row(16, false), Row(12, false)]));
        Assert.Equal((80e9, Row(8, true).Peak.DeviceMedian(), Row(12, false).Peak.DeviceMedian()), (limit.Device, limit.Ran, limit.Failed));
        Assert.Empty(MeasuredLimits.Of([Row(8, true), Row(32, false)]));
        Assert.Empty(MeasuredLimits.Of([Row(8, true), Row(8, false)]));
        Assert.Empty(MeasuredLimits.Of([Row(8, true), Row(12, false, device: 40e9)]));
        Assert.Single(MeasuredLimits.Of([Row(8, true), Row(16, false)]));
    }

    /// <summary>
    /// A peak of 50 GB where 40 was predicted: its logarithm is off by ln 1.25, one deviation of that size is at Φ's place of one, and the
    /// device of 80 fits at ln 2.
    /// </summary>
    [Fact]
    public void A_left_out_peak_is_judged_by_its_logarithm()
    {
        var predicted = Row(8, true).Bytes;
        var row = Row(8, true, peak: 1.25 * predicted, device: 2 * predicted);
        Assert.Equal(Math.Log(1.25), row.LogError, 1e-12);
        Assert.True(double.IsNaN(Row(8, true).LogError));
        Assert.Equal(PeakTail.Below(1), row.Below(Math.Log(1.25)), 1e-12);
        Assert.Equal(PeakTail.Below(2), row.FitsProbability(Math.Log(2) / 2), 1e-12);
    }

    /// <summary>Errors 0.1, 0.3 and 0.2 of two stacks, 0.5 each without, two of three inside.</summary>
    [Fact]
    public void Learned_accuracy_counts_peaks_and_stacks()
    {
        var accuracy = LearnedAccuracy.Of("question", 1, [[new(0.1, 0.5, true), new(0.3, 0.8, false)], [new(0.2, 0.5, true)]]);
        Assert.Equal(("question", 1, 2, 3), (accuracy.Question, accuracy.Learned, accuracy.Stacks, accuracy.Peaks));
        Assert.Equal((0.2, 0.2, 0.6), (Near(accuracy.MeanError), accuracy.MedianError, Near(accuracy.MeanErrorWithout)));
        Assert.Equal((2 / 3.0, 0.5), (accuracy.Coverage, accuracy.MedianErrorWithout));
        Assert.True(double.IsNaN(LearnedAccuracy.Of("question", 1, []).MeanError));
        Assert.True(double.IsNaN(LearnedAccuracy.Of("question", 1, []).MedianError));
    }

    private static double Near(double value) => Math.Round(value, 9);

    private static double[] Shares(StackWeight kind) =>
        [kind.Weight, kind.OneDevice, kind.Replicated, kind.ShardedStates, kind.FullySharded, kind.Gated];

    private static TrainingSetup On(string scheme, int gpus) => ExampleSetups.Setup with { Layout = Scheme.Parse(scheme).On(gpus, 8) };

    private static PeakObservation Seen(string source, string stack, string scheme, int gpus, bool gated = false) => new(
        source, source, stack, ExampleSetups.Shape with { FfnKind = gated ? FfnKind.Swiglu : FfnKind.Gelu }, [(1, On(scheme, gpus))], 80e9,
        null, null, true);

    private static LeftOutPeak Row(int microBatch, bool ran, double? peak = null, double device = 80e9)
    {
        var seen = Seen("source", "wide", "ddp", 1) with
        {
            Ways = [(1, On("ddp", 1) with { MicroBatch = microBatch })], Ran = ran, IsReport = true, DeviceBytes = device, PeakBytes = peak,
            Kind = MemoryKind.Device,
        };
        var model = new MemoryModel(seen.Shape);
        return MemoryLeaveOut.Predicted(seen, 1, new PeakOutlook(model, 0.15, [new("wide", 1)], [model]));
    }
}
