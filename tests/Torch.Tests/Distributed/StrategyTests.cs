using SlmPlanner.Calibrator.Bursts;
using SlmPlanner.Calibrator.Distributed.Collectives;
using SlmPlanner.Calibrator.Distributed.DataParallel;
using SlmPlanner.Calibrator.Distributed.Verification;
using SlmPlanner.Core;
using SlmPlanner.Data.Measurements.Bursts;
using static TorchSharp.torch;

namespace SlmPlanner.Torch.Tests.Distributed;

public sealed class StrategyTests(ITestOutputHelper output)
{
    /// <summary>Every strategy in both precisions against one process, on real ranks; see StrategyCheck for what is compared.</summary>
    [Theory]
    [InlineData(2, 1)]
    [InlineData(4, 2)]
    public void Training_on_ranks_equals_one_process_and_moves_the_bytes_of_theory(int ranks, int shardRanks)
    {
        Torch.LoadOrSkip();
        using var error = new StringWriter();
        var outcome = RanksOfTest.Run(ranks, error, "check-ranks", "--shard-ranks", $"{shardRanks}");
        output.WriteLine(outcome.Output + error);
        Assert.Null(outcome.Failure);
        Assert.Contains($"collectives over {ranks} ranks are right", outcome.Output, StringComparison.Ordinal);
        Assert.Contains($"training on {ranks} ranks is right", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void One_rank_equals_one_process()
    {
        Torch.LoadOrSkip();
        foreach (var spec in StrategyCases.All)
        {
            using var check = new StrategyCheck(new SoloCollectives(), spec, CPU, shardRanks: 1);
            Assert.True(check.Difference().Within(StrategyDifference.ToleranceFp32), $"{spec.Parallelism} {spec.Precision}");
        }
    }

    [Fact]
    public void Ranks_that_exchange_nothing_are_found_wrong()
    {
        Torch.LoadOrSkip();
        foreach (var spec in StrategyCases.All)
        {
            using var check = new StrategyCheck(new IdleCollectives(), spec, CPU, shardRanks: 2);
            Assert.False(check.Difference().Within(StrategyDifference.ToleranceBf16), $"{spec.Parallelism} {spec.Precision}");
        }
    }

    [Fact]
    public void Theory_is_four_bytes_per_parameter_and_passes()
    {
        Torch.LoadOrSkip();
        var spec = StrategyCases.Small with { DModel = 128, DFfn = 256, GradAccum = 3 };
        var decoder = new Decoder(spec, CPU);
        double parameters = decoder.Units.SelectMany(unit => unit).Sum(slot => slot.Count);
        double root = decoder.Units[0].Sum(slot => slot.Count);
        StepTraffic Of(BurstParallelism parallelism) =>
            StepTraffic.Of(spec with { Parallelism = parallelism }, decoder, shards: 2, replicas: 1);
        void Near(double expected, long bytes) => Assert.InRange(bytes / expected, 1, 1.01);
        Near(4 * parameters, Of(BurstParallelism.Ddp).AllReduceBytes);
        Near(4 * parameters, Of(BurstParallelism.Zero1).ReduceScatterBytes);
        Near(4 * parameters, Of(BurstParallelism.Zero2).AllGatherBytes);
        Near(3 * 4 * parameters, Of(BurstParallelism.Zero2).ReduceScatterBytes);
        Near(3 * 4 * ((2 * parameters) - root), Of(BurstParallelism.FsdpFull).AllGatherBytes);
    }

    [Fact]
    public void Several_ranks_need_a_parallelism_and_shard_groups_must_divide_them()
    {
        Torch.LoadOrSkip();
        using var idle = new IdleCollectives();
        var decoder = new Decoder(StrategyCases.Small, CPU);
        string Refusal(BurstParallelism parallelism) => Assert.Throws<InputException>(() => ParameterStores.Create(
            StrategyCases.Small with { Parallelism = parallelism }, decoder, CPU, idle, shardRanks: 3)).Message;
        Assert.Contains("single", Refusal(BurstParallelism.OneRank), StringComparison.Ordinal);
        Assert.Contains("do not divide 2", Refusal(BurstParallelism.Hsdp), StringComparison.Ordinal);
    }

    [Fact]
    public void A_flat_unit_gives_back_its_parameters_at_aligned_places()
    {
        Torch.LoadOrSkip();
        using var scope = NewDisposeScope();
        var slots = new[] { ParameterSlot.Matrix("a", 3, 5), ParameterSlot.Scale("b", 7) };
        var layout = new UnitLayout(slots, shards: 3);
        var flat = layout.Flatten([arange(15, ScalarType.Float32).view(3, 5), arange(7, ScalarType.Float32)]);
        Assert.Equal(0, layout.ShardCount % 32);
        Assert.Equal(layout.Count, 3 * layout.ShardCount);
        Assert.Equal([.. Enumerable.Range(0, 15).Select(i => (float)i), .. Enumerable.Range(0, 7).Select(i => (float)i)],
            layout.Values(flat));
        Assert.Equal(flat.Buffer().Address, layout.Leaves(flat)[0].Buffer().Address);
    }

    [Fact]
    public void Memory_under_a_graph_can_be_freed_and_refilled_with_this_libtorch()
    {
        Torch.LoadOrSkip();
        Assert.True(StorageResize.Works(CPU));
    }
}
