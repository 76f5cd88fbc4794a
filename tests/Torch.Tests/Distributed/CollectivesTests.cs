using SlmPlanner.Calibrator.Distributed.Collectives;
using SlmPlanner.Calibrator.Distributed.Verification;

namespace SlmPlanner.Torch.Tests.Distributed;

public sealed class CollectivesTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Every_collective_over_ranks_is_exact_in_both_formats(int ranks)
    {
        using var error = new StringWriter();
        var outcome = RanksOfTest.Run(ranks, error, "check-ranks");
        output.WriteLine(outcome.Output + error);
        Assert.Null(outcome.Failure);
        Assert.Contains($"over {ranks} ranks are right", outcome.Output, StringComparison.Ordinal);
    }

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

    private sealed class IdleCollectives : ICollectives
    {
        public int Rank => 0;

        public int Size => 2;

        public string Library => "idle";

        public void Run(in Collective collective)
        {
        }

        public IPending Start(in Collective collective) => Finished.Instance;

        public void Synchronize()
        {
        }

        public ICollectives Split(int color) => this;

        public void Dispose()
        {
        }
    }
}
