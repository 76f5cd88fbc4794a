using SlmPlanner.Core.Communication;
using SlmPlanner.Core.Hardware;
using SlmPlanner.Core.Models;
using SlmPlanner.Core.Training;
using SlmPlanner.Tests.Time;

namespace SlmPlanner.Tests.Communication;

/// <summary>
/// Seconds of single messages of 24 MB by hand, in µs, on modules with 300 GB/s and nodes of eight with 50 GB/s; a collective takes 10 µs
/// to start, 14 µs for a hop over the network and 3.4 µs for one inside.
/// </summary>
public sealed class MessageTimeTests
{
    private const double Bytes = 24e6;

    private static readonly LinkRates Links = new(300e9, 50e9) { IsModule = true };
    private static readonly LinkEfficiency Plain = new(1, 1, 0, 10e-6, 14e-6);

    /// <summary>
    /// In a node 10 + 3.4 + 24e6/300e3. Between stages of a node each all eight devices send: 10 + 14 + 24e6/6.25e3; where four stages lie
    /// two on a node, the four devices of a stage: 24e6/12.5e3. Without stages nobody sends.
    /// </summary>
    [Theory]
    [InlineData("pp(2)", 8, 93.4)]
    [InlineData("pp(2)", 16, 3864)]
    [InlineData("pp(4)", 16, 1944)]
    [InlineData("ddp", 8, 0)]
    public void A_stage_sends_to_the_next(string scheme, int gpus, double microseconds) =>
        Close(microseconds, Seconds(scheme, gpus, CollectiveOperation.SendReceive, MeshAxis.Neighbours));

    /// <summary>
    /// Eight ranks of a node: 10 + 7·3.4 + 7/8·24e6/300e3 = 33.8 + 70. Sixteen on two: 10 + 7·3.4 + 8·14, and half the bytes through an
    /// eighth of the network, 12e6/6.25e3. Eight on two, of which two neighbours are one: 10 + 3·3.4 + 4·14 + 12e6/6.25e3.
    /// </summary>
    [Theory]
    [InlineData("ep(8)", 8, 103.8)]
    [InlineData("ep(16)", 16, 145.8 + 1920)]
    [InlineData("tp(2)+ep(8)", 16, 76.2 + 1920)]
    public void Tokens_go_one_after_another(string scheme, int gpus, double microseconds) =>
        Close(microseconds, Seconds(scheme, gpus, CollectiveOperation.AllToAll, MeshAxis.Expert));

    /// <summary>
    /// Switches of four nodes. All-reduce: 25 + 2·2·20.9 and 2·24e6/50e3 = 108.6 + 960 = 1068.6, against the ring's 1.4·(10 + 56·3.4 +
    /// 6·14) + 2·31/32·480 = 398.16 + 930 = 1328.16: rounded off 1068.6/(1 + 0.80457^16)^(1/16) = 1066.6. Where pairs share a model, 16
    /// ranks of four to a node and two groups at once: 108.6 + 1920 against 1.4·(10 + 24·3.4 + 6·14) + 2·15/16·960 = 245.84 + 1800, rounded
    /// off 2028.6/(1 + 0.99159^16)^(1/16) = 1950.5. Within half a per mille.
    /// </summary>
    [Theory]
    [InlineData("ddp", 1066.6)]
    [InlineData("tp(2)", 1950.5)]
    public void Switches_add_up_in_a_tree_of_nodes(string scheme, double microseconds) => Assert.Equal(1,
        Seconds(scheme, 32, CollectiveOperation.AllReduce, MeshAxis.Data, 0.85) / microseconds, 5e-4);

    /// <summary>Between nodes a switch has no gather, and two ranks need none: the time is that without it.</summary>
    [Theory]
    [InlineData(32, CollectiveOperation.AllGather)]
    [InlineData(2, CollectiveOperation.AllReduce)]
    public void Where_a_switch_does_nothing_it_changes_nothing(int gpus, CollectiveOperation operation) => Assert.Equal(
        Seconds("ddp", gpus, operation, MeshAxis.Data), Seconds("ddp", gpus, operation, MeshAxis.Data, 0.85), 1e-12);

    /// <summary>Cards have 5.7 µs a hop: 10 + 7·5.7 + 7/8·24e6/32e3 = 49.9 + 656.25.</summary>
    [Fact]
    public void A_slot_takes_longer_than_a_module()
    {
        var layout = Scheme.Ddp.On(8, 8);
        Close(706.15, 1e6 * new DatasheetLink(new(32e9, 50e9), layout, Plain)
            .Seconds(Call(CollectiveOperation.AllGather, MeshAxis.Data), layout));
    }

    /// <summary>
    /// Beyond a gibibyte a tree overlaps fully: 1.5 GiB in a node take 10 + 14·3.4 + 1.75·1,610,612,736/300e3 = 9452.84 by ring and 66 +
    /// 2/0.92·1,610,612,736/300e3 = 11,737.1 by tree; rounded off 9452.84/(1 + 0.80538^16)^(1/16) = 9434.6.
    /// </summary>
    [Fact]
    public void A_large_message_has_no_row_of_the_table()
    {
        var layout = Scheme.Ddp.On(8, 8);
        var seconds = new DatasheetLink(Links, layout, Plain)
            .Seconds(Call(CollectiveOperation.AllReduce, MeshAxis.Data) with { Bytes = 1.5 * (1 << 30) }, layout);
        Assert.Equal(1, 1e6 * seconds / 9434.6, 5e-4);
    }

    /// <summary>
    /// Without latency a gather over two nodes shows the rate that two links make: (100⁻¹⁶ + 42⁻¹⁶)^(−1/16) GB/s, whose power 0.42¹⁶ =
    /// 9.4e−7 is small enough for the short form, and 0.5¹⁶ is not.
    /// </summary>
    [Theory]
    [InlineData(42e9)]
    [InlineData(50e9)]
    public void The_short_form_of_the_rounded_choice_is_the_long_one(double network)
    {
        var layout = Scheme.Ddp.On(16, 8);
        var seconds = new DatasheetLink(new(100e9, network), layout, new(1, 1, 0, 0, 0))
            .Seconds(Call(CollectiveOperation.AllGather, MeshAxis.Data), layout);
        var rate = Math.Pow(Math.Pow(100, -16) + Math.Pow(network / 1e9, -16), -1 / 16.0) * 1e9;
        Assert.Equal(1, seconds / (15 / 16.0 * Bytes / rate), 1e-11);
    }

    /// <summary>
    /// Two nodes of eight: after the tensor-parallel ranks those that share experts, the ranks of a sequence first among them, then their
    /// copies (torchtitan, <c>parallel_dims.py</c>: <c>ep</c> is <c>dp_shard_in_ep</c> and <c>cp</c>).
    /// </summary>
    [Theory]
    [InlineData("tp(2)+ep(4)", "ExpertCopies", 2, 2, 8)]
    [InlineData("tp(2)+cp(2)+ep(4)", "Expert", 4, 1, 1)]
    [InlineData("tp(2)+cp(2)+ep(4)", "ExpertCopies", 2, 2, 8)]
    [InlineData("tp(2)+cp(2)+ep(2)", "ExpertCopies", 4, 2, 4)]
    public void Ranks_that_share_a_sequence_share_experts_first(string scheme, string axis, int ranks, int nodes, int sharing)
    {
        var group = GroupPlacement.Of(Enum.Parse<MeshAxis>(axis), Scheme.Parse(scheme).On(16, 8));
        Assert.Equal((ranks, nodes, sharing), (group.Ranks, group.Nodes, group.Sharing));
    }

    /// <summary>
    /// Stated links hold: 400 GB/s both ways are 200 each, 400 Gbit/s of a node 50 GB/s, none of it by devices. A card of which nothing is
    /// stated has 100 Gbit/s a node.
    /// </summary>
    [Fact]
    public void What_is_stated_of_a_link_holds()
    {
        var stated = LinkRates.Of(new(400, 400, "stated"), ExampleSetups.Device);
        Assert.Equal((200e9, 50e9, 0), (stated.IntraBytes, stated.InterBytes, stated.InterBytesPerDevice));
        var card = LinkRates.Of(null, ExampleSetups.Device with { NvlinkGbS = null, FormFactor = "PCIe" });
        Assert.Equal((32e9, 12.5e9, 0, false), (card.IntraBytes, card.InterBytes, card.InterBytesPerDevice, card.IsModule));
    }

    /// <summary>Switches add from capability 9.0 on, the later ones at a smaller share of a faster link.</summary>
    [Theory]
    [InlineData("8.0", 0)]
    [InlineData("9.0", 0.85)]
    [InlineData("10.0", 0.74)]
    [InlineData("12.0", 0.74)]
    public void The_generation_says_what_the_switch_can(string architecture, double share) =>
        Assert.Equal(share, LinkRates.Of(null, ExampleSetups.Device with { Architecture = architecture }).SwitchShare);

    /// <summary>
    /// A link measured between hosts speaks for flat groups and for shards or replicas alone, not for replicas of shards.
    /// </summary>
    [Theory]
    [InlineData("ddp", true)]
    [InlineData("fsdp_full", true)]
    [InlineData("hsdp", false)]
    public void A_measured_link_speaks_for_flat_groups(string scheme, bool speaks) => Assert.Equal(speaks,
        (Links with { Measured = new("library", 16, 8, []) }).MeasuredFor(Scheme.Parse(scheme).On(16, 8)) is not null);

    /// <summary>
    /// Four stages of a node: three boundaries crossed twice by four ranks, 64 MiB each: 1.5 · (13.4 µs + 67,108,864/300e3 µs) = 355.64 µs
    /// a micro-batch, all waited for; nothing else is sent.
    /// </summary>
    [Fact]
    public void Stages_wait_for_what_is_handed_on()
    {
        var layout = Scheme.Parse("pp(4)").On(4, 8);
        var setup = ExampleSetups.Setup with { Layout = layout };
        var part = ShapeCosts.Of(ExampleSetups.Shape, padsVocabulary: false).On(layout);
        var messages = ModelMessages.Of(part, setup, 2, new DatasheetLink(Links, layout, Plain));
        Assert.Equal(355.64, 1e6 * messages.Pipeline, 0.01);
        Assert.Equal((0, 0, 0, 0), (messages.Tensor, messages.TensorBeside, messages.Context, messages.Expert));
    }

    private static double Seconds(string scheme, int gpus, CollectiveOperation operation, MeshAxis axis, double switchShare = 0)
    {
        var layout = Scheme.Parse(scheme).On(gpus, 8);
        return 1e6 * new DatasheetLink(Links with { SwitchShare = switchShare }, layout, Plain).Seconds(Call(operation, axis), layout);
    }

    private static CollectiveCall Call(CollectiveOperation operation, MeshAxis axis) =>
        new(operation, Bytes, axis, 1, CallPhase.Step, Overlaps: false);

    private static void Close(double microseconds, double actual) =>
        Assert.Equal(microseconds, actual, 1e-3);
}
