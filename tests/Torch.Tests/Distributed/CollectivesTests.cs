using SlmPlanner.Calibrator.Distributed.Collectives;
using SlmPlanner.Calibrator.Distributed.Verification;
using SlmPlanner.Data.Measurements.Runs;

namespace SlmPlanner.Torch.Tests.Distributed;

public sealed class CollectivesTests
{
    [Fact]
    public void One_rank_needs_no_library() => Assert.Empty(CollectiveCheck.Run(new SoloCollectives(), new HostMemory()));

    [Fact]
    public void A_group_that_does_nothing_is_found_wrong() => Assert.NotEmpty(CollectiveCheck.Run(new IdleCollectives(), new HostMemory()));

    [Fact]
    public void Parts_that_do_not_make_the_whole_are_refused()
    {
        var whole = new DataBuffer(0, 10, ElementType.Float32);
        var part = new DataBuffer(0, 4, ElementType.Float32);
        var refusal = Assert.Throws<ArgumentException>(() => Collective.ReduceScatter(whole, part).Check(ranks: 2));
        Assert.Contains("4 Float32 per part do not make 10", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_have_no_sum() =>
        Assert.Throws<ArgumentException>(() => Collective.AllReduce(new DataBuffer(0, 8, ElementType.Byte)).Check(ranks: 2));

    [Fact]
    public void Traffic_counts_whole_messages_and_what_a_link_carries()
    {
        var traffic = new Traffic();
        var whole = new DataBuffer(0, 1000, ElementType.Float32);
        traffic.Add(Collective.AllReduce(whole), ranks: 4);
        traffic.Add(Collective.AllGather(whole.Slice(0, 250), whole), ranks: 4);
        Assert.Equal(4000, traffic.Bytes(CollectiveKind.AllReduce));
        Assert.Equal(4000, traffic.Bytes(CollectiveKind.AllGather));
        Assert.Equal(4000 * (1.5 + 0.75), traffic.SentBytes, 1e-9);
    }
}
