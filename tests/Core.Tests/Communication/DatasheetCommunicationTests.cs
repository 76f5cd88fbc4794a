using SlmPlanner.Core.Communication;
using SlmPlanner.Core.Hardware;
using SlmPlanner.Core.Models;
using SlmPlanner.Core.Time;
using SlmPlanner.Core.Time.Terms;
using SlmPlanner.Core.Training;
using SlmPlanner.Tests.Time;
using C = SlmPlanner.Core.Time.StepCoefficient;

namespace SlmPlanner.Tests.Communication;

/// <summary>
/// Seconds of every scheme by hand. Four blocks of a million parameters and a root of two million, on modules with 300 GB/s and nodes
/// with 50 GB/s; nothing is hidden; a collective takes 10 µs to start, 14 µs for a hop over the network and 3.4 µs for one inside.
/// Where two algorithms are near each other their choice is rounded off: the numbers by hand are met within 0.05 %.
/// </summary>
public sealed class DatasheetCommunicationTests
{
    private static readonly LinkRates Links = new(300e9, 50e9) { IsModule = true };

    private static readonly ShapeCosts Shape =
        ShapeCosts.Of(ExampleSetups.Shape, padsVocabulary: false) with { Layers = 4, Parameters = 6_000_000, BlockParameters = 1_000_000 };

    private static readonly LinkEfficiency Plain = new(1, 1, 0, 10e-6, 14e-6);

    /// <summary>
    /// In µs, with fp32 gradients (block 4 MB, root 8 MB, all 24 MB) and FSDP's gathers in 16 bits (block 2 MB, root 4 MB).
    /// One node of 8. All-reduce ring: 10 + 14·3.4 + 2·7/8·24e6/300e3 = 57.6 + 140 = 197.6; the tree takes 66 + 248. Reduce-scatter or
    /// gather of 4 bytes: 4 blocks of 33.8 + 11.667 and the root 33.8 + 23.333: 239. Gather of 2: 4 · (33.8 + 5.833) = 158.533 and 33.8 +
    /// 11.667 = 45.467. Two nodes of 8 (rate 50). All-reduce: 1.4 · (10 + 28·3.4 + 2·14) + 2·15/16·24e6/50e3 = 186.48 + 900 = 1086.48; the
    /// tree 94 + 1491. Reduce-scatter of 4 bytes: latency 10 + 14·3.4 + 14 = 71.6; 4 · (71.6 + 75) + 71.6 + 150 = 808. Gather of 2: 4 ·
    /// (71.6 + 37.5) = 436.4 and 71.6 + 75 = 146.6. HSDP's replicas: 8 groups share a node's 50 GB/s: 4 · (1.4 · 38 + 0.5e6/6.25e3) + 53.2
    /// + 1e6/6.25e3 = 4 · 133.2 + 213.2 = 746.
    /// </summary>
    [Theory]
    [InlineData("ddp", 8, 0, 197.6)]
    [InlineData("ddp", 16, 0, 1086.48)]
    [InlineData("zero1", 8, 0, 239 + 239)]
    [InlineData("zero1", 16, 0, 808 + 808)]
    [InlineData("zero1(dp8)", 16, 0, 1086.48 + 239)]
    [InlineData("zero2", 8, 239, 239)]
    [InlineData("zero2", 16, 808, 808)]
    [InlineData("fsdp_grad_op", 8, 239 + 158.5333 + 45.4667, 0)]
    [InlineData("fsdp_grad_op", 16, 808 + 436.4 + 146.6, 0)]
    [InlineData("fsdp_full", 8, 239 + 2 * 158.5333 + 45.4667, 0)]
    [InlineData("fsdp_full", 16, 808 + 2 * 436.4 + 146.6, 0)]
    [InlineData("hsdp", 16, 239 + 2 * 158.5333 + 45.4667, 746)]
    public void A_scheme_takes_the_seconds_worked_out_by_hand(string scheme, int gpus, double perMicroBatch, double perStep)
    {
        var setup = ExampleSetups.Setup with { Layout = Scheme.Parse(scheme).On(gpus, 8), GradAccum = 3 };
        Close(3 * perMicroBatch + perStep, 1e6 * Communication(setup));
    }

    /// <summary>
    /// Pure bfloat16 adds up 12 MB: 57.6 + 70; fp32 gathers 4 bytes as it scatters them: 239 · 2 and the blocks once more, 181.867.
    /// </summary>
    [Theory]
    [InlineData("ddp", Precision.Bf16Pure, 57.6 + 70)]
    [InlineData("fsdp_full", Precision.Fp32, 239 + 239 + 181.8667)]
    [InlineData("fsdp_full", Precision.Tf32, 239 + 239 + 181.8667)]
    [InlineData("fsdp_full", Precision.Bf16Pure, 158.5333 + 45.4667 + 2 * 158.5333 + 45.4667)]
    public void Bytes_follow_from_the_recipe(string scheme, Precision precision, double microseconds) => Close(
        microseconds, 1e6 * Communication(ExampleSetups.Setup with { Layout = Scheme.Parse(scheme).On(8, 8), Precision = precision }));

    /// <summary>A switch that adds: 25 µs and 24e6/(0.85 · 300e3) = 94.118 instead of the ring's 197.6. For gathers
    /// it is no better: 25 + 7/8 · 24e6/255e3 = 107.353 against the ring's 103.8, rounded off to 103.8 / (1 + 0.96691^16)^(1/16) =
    /// 100.86.</summary>
    [Fact]
    public void An_all_reduce_goes_through_the_switch_where_that_is_cheaper()
    {
        var layout = Scheme.Ddp.On(8, 8);
        var link = new DatasheetLink(Links with { SwitchShare = 0.85 }, layout, Plain);
        Close(25e-6 + 94.1176e-6, link.Seconds(Call(CollectiveOperation.AllReduce, 24e6), layout));
        Close(100.86e-6, link.Seconds(Call(CollectiveOperation.AllGather, 24e6), layout));
    }

    /// <summary>
    /// 8 kB over 32 nodes of 8. The ring's 510 hops take 1.4 · (10 + 448·3.4 + 62·14); the tree's 10 + 2·14·(7·4/14 + 5) = 206 µs and
    /// 2·8192/(0.92 · 0.8 · 50e3).
    /// </summary>
    [Fact]
    public void A_small_all_reduce_over_many_nodes_is_a_tree()
    {
        var layout = Scheme.Ddp.On(256, 8);
        var link = new DatasheetLink(Links, layout, Plain);
        Assert.Equal(206e-6 + 2 * 8192 / (0.92 * 0.8 * 50e9), link.Seconds(Call(CollectiveOperation.AllReduce, 8192), layout), 1e-9);
    }

    /// <summary>Eight groups of two ranks share 50 GB/s: 6.25 each, which 32 GB/s inside does not lower further.</summary>
    [Fact]
    public void A_replica_has_its_part_of_the_network_and_its_own_slot()
    {
        var layout = Scheme.Hsdp.On(16, 8);
        var link = new DatasheetLink(new(32e9, 50e9), layout, Plain);
        var call = new CollectiveCall(CollectiveOperation.AllReduce, 100e6, MeshAxis.Replicas, 1, CallPhase.Step, Overlaps: false);
        Assert.Equal(1.4 * 38e-6 + 100e6 / 6.25e9, link.Seconds(call, layout), 1e-9);
    }

    /// <summary>200 Gbit/s, 25 GB/s, per module: a node of four has 100 GB/s, one of eight 200.</summary>
    [Theory]
    [InlineData(4, 100e9)]
    [InlineData(8, 200e9)]
    public void A_module_brings_its_own_network_card(int gpusPerNode, double bytesPerSecond) =>
        Assert.Equal(bytesPerSecond, LinkRates.Of(null, ExampleSetups.Device).InterBytesOf(gpusPerNode), 1);

    [Theory]
    [InlineData("ddp", nameof(MeshAxis.Data), 12, 12, 2, 1)]
    [InlineData("ddp", nameof(MeshAxis.Data), 16, 16, 2, 1)]
    [InlineData("hsdp", nameof(MeshAxis.Shards), 16, 8, 1, 1)]
    [InlineData("hsdp", nameof(MeshAxis.Replicas), 16, 2, 2, 8)]
    [InlineData("hsdp(dp4)", nameof(MeshAxis.Replicas), 16, 4, 2, 4)]
    [InlineData("zero1(dp4)", nameof(MeshAxis.Shards), 16, 4, 1, 1)]
    public void Groups_lie_on_whole_nodes(string scheme, string axis, int gpus, int ranks, int nodes, int sharing)
    {
        var group = GroupPlacement.Of(Enum.Parse<MeshAxis>(axis), Scheme.Parse(scheme).On(gpus, 8));
        Assert.Equal((ranks, nodes, sharing), (group.Ranks, group.Nodes, group.Sharing));
    }

    /// <summary>
    /// By hand, eight nodes of 8: groups that add up everything, or their copies, reach from the first node to the last; tensor-parallel
    /// ranks on two nodes reach over those two, and so does a group that shares states there; a stage and the next reach as far as both.
    /// </summary>
    [Theory]
    [InlineData("ddp", nameof(MeshAxis.Data), 8)]
    [InlineData("hsdp", nameof(MeshAxis.Replicas), 8)]
    [InlineData("zero1(dp16)", nameof(MeshAxis.Shards), 2)]
    [InlineData("zero1(dp16)", nameof(MeshAxis.Replicas), 8)]
    [InlineData("tp(16)", nameof(MeshAxis.Tensor), 2)]
    [InlineData("tp(16)", nameof(MeshAxis.Data), 8)]
    [InlineData("fsdp_full+ep(16)", nameof(MeshAxis.Expert), 2)]
    [InlineData("pp(4)", nameof(MeshAxis.Data), 2)]
    [InlineData("pp(4)", nameof(MeshAxis.Neighbours), 4)]
    [InlineData("pp(4)", nameof(MeshAxis.Ends), 8)]
    [InlineData("tp(8)", nameof(MeshAxis.Tensor), 1)]
    public void Groups_span_the_nodes_from_their_first_rank_to_their_last(string scheme, string axis, int nodes) =>
        Assert.Equal(nodes, GroupPlacement.Of(Enum.Parse<MeshAxis>(axis), Scheme.Parse(scheme).On(64, 8)).Span);

    /// <summary>
    /// 2.4 GB on eight nodes at a congestion of a half, without latency: 16 tensor-parallel ranks on two neighbours gather at the rate of
    /// two nodes, 50/√2 GB/s, as they do where there are no others; what all ranks gather goes at 50/√8.
    /// </summary>
    [Theory]
    [InlineData("tp(16)", nameof(MeshAxis.Tensor), 64, 15 / 16.0 * 2.4 / 50 * 1.414213562)]
    [InlineData("tp(16)", nameof(MeshAxis.Tensor), 16, 15 / 16.0 * 2.4 / 50 * 1.414213562)]
    [InlineData("ddp", nameof(MeshAxis.Data), 64, 63 / 64.0 * 2.4 / 50 * 2.828427125)]
    public void Neighbours_do_not_pass_what_congests_all(string scheme, string axis, int gpus, double seconds)
    {
        var layout = Scheme.Parse(scheme).On(gpus, 8);
        var link = new DatasheetLink(new(1e15, 50e9), layout, new(1, 1, 0.5, 0, 0));
        Assert.Equal(seconds, link.Seconds(Call(CollectiveOperation.AllGather, 2.4e9) with { Axis = Enum.Parse<MeshAxis>(axis) }, layout),
            1e-9);
    }

    /// <summary>Of two equal ways the time is 2^(1/16) below either: 4.2 %.</summary>
    [Fact]
    public void The_choice_is_rounded_off()
    {
        var layout = Scheme.Ddp.On(8, 8);
        double Seconds(double share) => new DatasheetLink(Links with { SwitchShare = share }, layout, Plain)
            .Seconds(Call(CollectiveOperation.AllReduce, 24e6), layout);
        var asFastAsTheRing = 24e6 / 300e9 / (197.6e-6 - 25e-6);
        Assert.Equal(197.6e-6 / Math.Pow(2, 1.0 / 16), Seconds(asFastAsTheRing), 1e-8);
        Assert.InRange(Seconds(1.001 * asFastAsTheRing), 0.999 * Seconds(asFastAsTheRing), Seconds(asFastAsTheRing));
    }

    /// <summary>
    /// A gather of 24 MB in µs. In a node at half the link's rate: 10 + 7·3.4 + 7/8·24e6/150e3 = 33.8 + 140. On four nodes of 8 that reach
    /// two thirds of the network's rate and lose the square root of four to each other: 10 + 28·3.4 + 3·14 + 31/32·24e6/(50e3/1.5/2) =
    /// 147.2 + 1395.
    /// </summary>
    [Theory]
    [InlineData(8, 173.8)]
    [InlineData(32, 1542.2)]
    public void Rates_fall_behind_the_datasheet_and_with_nodes(int gpus, double microseconds)
    {
        var layout = Scheme.Ddp.On(gpus, 8);
        var link = new DatasheetLink(Links, layout, new(Inside: 2, Between: 1.5, Congestion: 0.5, 10e-6, 14e-6));
        Assert.Equal(microseconds, 1e6 * link.Seconds(Call(CollectiveOperation.AllGather, 24e6), layout), 1e-3);
    }

    private static void Close(double expected, double actual) => Assert.Equal(1, actual / expected, 5e-4);

    private static CollectiveCall Call(CollectiveOperation operation, double bytes) =>
        new(operation, bytes, MeshAxis.Data, 1, CallPhase.Step, Overlaps: false);

    private static double Communication(in TrainingSetup setup)
    {
        var coefficients = (double[])ExampleSetups.Coefficients.Clone();
        coefficients[(int)C.IntraNodeInverseEfficiency] = coefficients[(int)C.InterNodeInverseEfficiency] =
            coefficients[(int)C.GatherTraffic] = 1;
        coefficients[(int)C.Congestion] = coefficients[(int)C.Overlap] = 0;
        (coefficients[(int)C.CollectiveLatencySeconds], coefficients[(int)C.RingHopSeconds]) = (10e-6, 14e-6);
        return StepTimeEquation.Evaluate(Shape, DeviceRates.Of(ExampleSetups.Device, setup.Precision)!.Value, Links, setup, coefficients)
            .In("communication");
    }
}
