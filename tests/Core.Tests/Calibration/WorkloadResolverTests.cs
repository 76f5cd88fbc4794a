using SlmPlanner.Core;

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
    [InlineData("posit8", "precision 'posit8' is unknown")]
    public void An_unknown_word_is_refused_with_what_is_allowed(string precision, string message) => Assert.Contains(message,
        Assert.Throws<InputException>(() => SyntheticRows.Resolver.Resolve(SyntheticRows.Record(12, 768, 8) with { Precision = precision })).Message,
        StringComparison.Ordinal);

    [Fact]
    public void An_unknown_device_is_refused() =>
        Assert.Throws<InputException>(() => SyntheticRows.Resolver.Resolve(SyntheticRows.Record(12, 768, 8) with { Gpu = "abacus" }));
}
