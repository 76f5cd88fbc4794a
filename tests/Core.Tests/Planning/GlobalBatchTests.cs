using CsCheck;
using SlmPlanner.Core.Planning.Search;

namespace SlmPlanner.Tests.Planning;

public sealed class GlobalBatchTests
{
    private static readonly Gen<(GlobalBatch Batch, int Gpus)> Batches = Gen.Select(
        Gen.Double[3, 7], PlanningWorld.AnyOf(128, 1000, 2048), PlanningWorld.AnyOf(1, 3, 8, 64),
        (tokens, seqLen, gpus) => (new GlobalBatch(Math.Pow(10, tokens), seqLen), gpus));

    [Fact]
    public void Half_a_million_tokens_on_eight_devices_are_four_times_eight_sequences_of_2048()
    {
        var batch = new GlobalBatch(524_288, 2048);
        Assert.True(batch.TryAccumulate(8, 8, out var gradAccum));
        Assert.Equal(4, gradAccum);
    }

    [Fact]
    public void Every_rung_keeps_the_target_within_a_quarter() =>
        Batches.Sample(world => MicroBatchGrid.Of(world.Batch, world.Gpus).Points.All(point =>
        {
            var ratio = (double)point.MicroBatch * point.GradAccum * world.Gpus * world.Batch.SeqLen / world.Batch.TargetTokens;
            return ratio is >= 1 / GlobalBatch.Tolerance and <= GlobalBatch.Tolerance;
        }));

    [Fact]
    public void A_balanced_micro_batch_is_never_larger_than_what_fits() =>
        Gen.Select(Batches, Gen.Int[1, 100]).Sample((world, fits) => world.Batch.Balanced(fits, world.Gpus) is var micro && micro >= 1
            && micro <= fits);

    [Fact]
    public void Eleven_sequences_three_times_replace_thirteen_when_thirty_two_are_due() =>
        Assert.Equal(11, new GlobalBatch(32 * 1024, 1024).Balanced(13, 1));

    [Fact]
    public void Less_than_one_sequence_per_device_has_no_rung() =>
        Assert.Empty(MicroBatchGrid.Of(new GlobalBatch(64 * 1024, 1024), 128).Points);
}
