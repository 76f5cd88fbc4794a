using SlmPlanner.Core;
using SlmPlanner.Core.Calibration;
using SlmPlanner.Core.Hardware;
using SlmPlanner.Core.Performance;
using SlmPlanner.Tests.Time;

namespace SlmPlanner.Tests.Calibration;

public sealed class WorkloadResolverTests
{
    [Fact]
    public void An_unknown_micro_batch_is_averaged_over_and_said_so()
    {
        var workload = SyntheticRows.Resolver.Resolve(SyntheticRows.Record(12, 768, 8) with { MicroBatch = null });
        Assert.True(workload.Setups.Count > 1);
        Assert.Contains(workload.Assumptions, note => note.StartsWith("micro_batch_per_gpu unknown", StringComparison.Ordinal));
    }

    [Fact]
    public void A_missing_vocabulary_follows_from_the_stated_parameters()
    {
        var record = SyntheticRows.Record(12, 768, 8) with { Vocab = null, Parameters = 124e6 };
        Assert.InRange(SyntheticRows.Resolver.Resolve(record).Shape.Vocab, 49_000, 52_000);
    }

    [Theory]
    [InlineData(null, 64)]
    [InlineData("zero1=-1; micro batch per rank", 64)]
    [InlineData("fast; zero1=8", 8)]
    public void Notes_tell_the_ranks_that_share_optimizer_states(string? notes, int ranks)
    {
        var record = SyntheticRows.Record(12, 768, 8) with { Gpus = 64, GpusPerNode = 8, Parallelism = "zero1", Notes = notes };
        Assert.Equal(ranks, SyntheticRows.Resolver.Resolve(record).Setups[0].OptimizerRanks);
    }

    [Fact]
    public void A_stack_may_share_optimizer_states_inside_a_node_unless_told_otherwise()
    {
        var resolver = new WorkloadResolver(
            new DeviceCatalog([ExampleSetups.Device], new DeviceNames()), new StackCatalog([new(1, "", [new("near", "f", "fused", false, [], Zero1InNode: true)], [])]));
        var record = SyntheticRows.Record(12, 768, 8) with { Gpus = 64, GpusPerNode = 8, Parallelism = "zero1", Stack = "near" };
        Assert.Equal(8, resolver.Resolve(record).Setups[0].OptimizerRanks);
        Assert.Equal(64, resolver.Resolve(record with { Notes = "zero1=-1" }).Setups[0].OptimizerRanks);
    }

    [Theory]
    [InlineData("posit8", "precision 'posit8' is unknown")]
    public void An_unknown_word_is_refused_with_what_is_allowed(string precision, string message) => Assert.Contains(message,
        Assert.Throws<InputException>(() => SyntheticRows.Resolver.Resolve(SyntheticRows.Record(12, 768, 8) with { Precision = precision })).Message,
        StringComparison.Ordinal);

    [Fact]
    public void An_unknown_device_is_refused() =>
        Assert.Throws<InputException>(() => SyntheticRows.Resolver.Resolve(SyntheticRows.Record(12, 768, 8) with { Gpu = "abacus" }));
}
