using SlmPlanner.Core.Economics.Batch;
using SlmPlanner.Core.Economics.Recipe;
using SlmPlanner.Data.Economics;

namespace SlmPlanner.Tests.Recipe;

public sealed class BatchWarmupTests
{
    private static readonly CriticalBatch Critical = BatchFile.Read(Repository.Profiles);

    /// <summary>
    /// The critical batch is 512 · 22.91 · (d/10⁶)^0.47 tokens: 262,144 at 10⁶ · 22.349^(1/0.47) = 0.74B tokens, 524,288 at 3.25B. Until
    /// then the fixed batch of 524,288 needs a fifth of 524,288 over the critical batch more: 0.2 · 2 · 0.74B/0.53 = 0.56B in the first
    /// stage, three quarters of which a quarter of the batch saves, and 0.2 · 3.25B/0.53 − 0.56B = 0.66B in the second, of which half.
    /// </summary>
    [Fact]
    public void A_batch_of_half_a_million_begins_with_a_quarter_of_it()
    {
        var warmup = BatchWarmup.Of(Critical, 524_288, 20e9, accumulation: 4)!;
        Assert.Equal([131_072, 262_144, 524_288], warmup.Stages.Select(stage => stage.BatchTokens));
        Assert.Equal(0.74e9, warmup.Stages[0].UntilTokens, 0.01e9);
        Assert.Equal(3.25e9, warmup.Stages[1].UntilTokens, 0.03e9);
        Assert.Equal(20e9, warmup.Stages[2].UntilTokens);
        Assert.Equal((0.75 * 0.56e9 + 0.5 * 0.66e9) / 20e9, warmup.SavedShare, 0.001);
    }

    [Theory]
    [InlineData(524_288, 20e9, 1)]
    [InlineData(524_288, 20e9, 3)]
    [InlineData(16_384, 20e9, 4)]
    public void Nothing_is_gained_without_accumulation_to_give_up_or_with_a_small_batch(double batch, double tokens, int accumulation) =>
        Assert.Null(BatchWarmup.Of(Critical, batch, tokens, accumulation));

    [Fact]
    public void A_run_that_ends_before_its_batch_pays_stays_with_smaller_ones()
    {
        var warmup = BatchWarmup.Of(Critical, 4_194_304, 1e9, accumulation: 8)!;
        Assert.Equal(1e9, warmup.Stages[^1].UntilTokens);
        Assert.Equal(524_288, warmup.Stages[^1].BatchTokens);
    }
}
