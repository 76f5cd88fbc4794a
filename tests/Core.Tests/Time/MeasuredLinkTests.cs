using CsCheck;
using SlmPlanner.Core.Communication;
using SlmPlanner.Core.Fitting;
using SlmPlanner.Core.Hardware;
using SlmPlanner.Core.Models;
using SlmPlanner.Core.Training;
using SlmPlanner.Data.Profiles;

using Op = SlmPlanner.Core.Hardware.CollectiveOperation;

namespace SlmPlanner.Tests.Time;

/// <summary>The messages of training on the measured link of a calibrated machine.</summary>
public class MeasuredLinkTests
{
    /// <summary>10 µs and 1 GB/s for messages up to 1 MB, 100 µs and 2 GB/s beyond, the same for every operation.</summary>
    private static readonly MachineLink Link = new("test", 2, 2,
        [.. Enum.GetValues<Op>().SelectMany(operation => new[] { Line(operation, 1e6, 1e-5, 1e9), Line(operation, 1e9, 1e-4, 2e9) })]);

    private static readonly ShapeCosts Shape = ShapeCosts.Of(ExampleSetups.Shape, padsVocabulary: false)
        with { Layers = 4, Parameters = 6_000_000, BlockParameters = 1_000_000 };

    [Fact]
    public void A_message_is_timed_by_the_line_of_its_size()
    {
        Assert.Equal(1e-5 + 0.5e-3, Link.Seconds(Op.AllGather, 1e6, 2), 1e-12);
        Assert.Equal(1e-4 + 1e-3, Link.Seconds(Op.ReduceScatter, 4e6, 2), 1e-12);
        Assert.Equal(1e-4 + 2e-3, Link.Seconds(Op.AllReduce, 4e6, 2), 1e-12);
        Assert.Equal(1e-4 + 0.5 * 4e9 / 2e9, Link.Seconds(Op.AllGather, 4e9, 2), 1e-12);
    }

    [Fact]
    public void A_line_without_a_bandwidth_costs_its_latency()
    {
        var small = new MachineLink("test", 2, 2, [new(Op.AllReduce, 1e3, 5e-6, 0, 1e-5)]);
        Assert.Equal(5e-6, small.Seconds(Op.AllReduce, 512, 2));
    }

    [Fact]
    public void A_profile_keeps_the_link_and_a_line_without_a_bandwidth()
    {
        var link = Link with { Lines = [.. Link.Lines, new(Op.AllReduce, 1e3, 5e-6, 0, 1e-5)] };
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "profile.json");
        File.WriteAllText(path, new FitFile(
            FitFile.CurrentVersion, "test", FitOptions.Default, true, IntervalScales.None, [], [], [],
            ExampleSetups.Device with { Link = link }).ToJson());
        var read = FitFile.Read(path).Device!.Link!;
        Assert.Equal(link.Lines, read.Lines);
        Assert.Equal(link with { Lines = read.Lines }, read);
    }

    /// <summary>
    /// By hand: 24 MB of gradients; 4 blocks of 4 MB and a root of 8 MB. Of blocks, the gradients of three run beside the next block.
    /// </summary>
    [Theory]
    [InlineData("ddp", Precision.Fp32, 0, 0, 1e-4 + 24e6 / 2e9, 0)]
    [InlineData("zero1", Precision.Fp32, 0, 0, 7 * 1e-4 + (12e6 + 6e6) / 2e9, 3 * 1e-4 + 6e6 / 2e9)]
    [InlineData("zero2", Precision.Fp32, 2 * 1e-4 + 6e6 / 2e9, 3 * 1e-4 + 6e6 / 2e9, 5 * 1e-4 + 12e6 / 2e9, 0)]
    [InlineData("fsdp_full", Precision.Fp32, 11 * 1e-4 + (6e6 + 12e6 + 8e6) / 2e9, 3 * 1e-4 + 6e6 / 2e9, 0, 0)]
    [InlineData("fsdp_full", Precision.Bf16Mixed, 11 * 1e-4 + (6e6 + 8e6 + 4e6) / 2e9, 3 * 1e-4 + 6e6 / 2e9, 0, 0)]
    public void The_messages_of_a_scheme_are_those_of_the_calibrators_training(
        string scheme, Precision precision, double blockingPerMicroBatch, double besidePerMicroBatch, double blockingPerStep,
        double besidePerStep)
    {
        var messages = Messages(Shape, Ranked(scheme) with { Precision = precision });
        Assert.Equal(blockingPerMicroBatch, messages.BlockingPerMicroBatch, 1e-9);
        Assert.Equal(besidePerMicroBatch, messages.BesidePerMicroBatch, 1e-9);
        Assert.Equal(blockingPerStep, messages.BlockingPerStep, 1e-9);
        Assert.Equal(besidePerStep, messages.BesidePerStep, 1e-9);
    }

    /// <summary>By hand: buckets of 25 MiB take 7 blocks of 4 MB; of 16 blocks two are left for the root's 8 MB.</summary>
    [Fact]
    public void Full_buckets_run_beside_the_backward_pass_and_the_roots_does_not()
    {
        var messages = Messages(Shape with { Layers = 16, Parameters = 18_000_000 }, Ranked("ddp"));
        Assert.Equal(2 * (1e-4 + 28e6 / 2e9), messages.BesidePerStep, 1e-9);
        Assert.Equal(1e-4 + 16e6 / 2e9, messages.BlockingPerStep, 1e-9);
    }

    [Fact]
    public void A_link_measured_on_one_host_does_not_speak_for_several()
    {
        var rates = new LinkRates(1e9, 1e9, Link);
        var inside = Ranked("ddp");
        Assert.Same(Link, rates.MeasuredFor(inside.Layout));
        Assert.Null(rates.MeasuredFor(Scheme.Ddp.On(2, 1)));
        var between = new LinkRates(1e9, 1e9, Link with { RanksPerHost = 1 });
        Assert.Null(between.MeasuredFor(inside.Layout));
        Assert.NotNull(between.MeasuredFor(Scheme.Ddp.On(2, 1)));
    }

    [Fact]
    public void Larger_messages_never_take_less_within_a_line() =>
        Gen.Select(Gen.Double[1, 1e6], Gen.Double[1, 1e6], Gen.Int[2, 64]).Sample((one, other, ranks) =>
            Assert.True(Link.Seconds(Op.AllReduce, Math.Min(one, other), ranks) <= Link.Seconds(Op.AllReduce, Math.Max(one, other),
                ranks)));

    private static TrainingSetup Ranked(string scheme) => ExampleSetups.Setup with { Layout = Scheme.Parse(scheme).On(2, 2) };

    private static MessageSeconds Messages(in ShapeCosts shape, in TrainingSetup setup) => MessageSeconds.Of(
        CollectiveSchedule.Of(shape, setup, default, prefetches: false).Calls, setup.Layout, new MeasuredLink(Link));

    private static CollectiveLine Line(Op operation, double upTo, double latency, double rate) =>
        new(operation, upTo, latency, latency, latency, rate, rate, rate);
}
