using CsCheck;
using SlmPlanner.Core.Economics.Batch;
using SlmPlanner.Core.Findings;
using SlmPlanner.Data.Economics;
using SlmPlanner.Tests.Loss;

namespace SlmPlanner.Tests.Batch;

public sealed class BatchAdvisorTests
{
    private static readonly CriticalBatch Critical = BatchFile.Read(RepositoryProfiles.Folder);
    private static readonly BatchAdvisor Advisor = new(Critical);

    /// <summary>
    /// Oracle: the same paper's other fit, 93.20 (N / 10^6)^0.47 sequences of 512 at 20 tokens per parameter, must agree.
    /// </summary>
    [Fact]
    public void The_law_in_tokens_agrees_with_the_papers_law_in_parameters() =>
        Assert.Equal(1, Critical.Tokens(20 * 302e6) / (512 * 93.20 * Math.Pow(302, 0.47)), 0.02);

    [Fact]
    public void A_batch_above_the_critical_one_is_a_warning_with_the_batch_to_use()
    {
        var advice = Advisor.Advise(2e9, 1024, 8_388_608, 3.0);
        var finding = Assert.Single(advice.Findings);
        Assert.Equal((Severity.Warning, "batch-above-critical"), (finding.Severity, finding.Id));
        Assert.Equal(advice.RecommendedTokens, Assert.IsType<BatchAboveCritical>(finding).RecommendedTokens);
    }

    [Fact]
    public void A_batch_below_the_critical_one_is_no_finding() =>
        Assert.Empty(Advisor.Advise(20e9, 2048, 524_288, 2.5).Findings);

    [Fact]
    public void Tokens_beyond_the_fit_are_a_hint() =>
        Assert.Contains(Advisor.Advise(1e8, 1024, 1024, null).Findings, finding => finding.Id == "batch-law-extrapolates");

    [Fact]
    public void The_recommended_batch_is_whole_sequences_within_the_critical_batch() =>
        Gen.Select(Gen.Double[1e9, 1e12], Gen.Int[9, 12].Select(power => 1 << power)).Sample((tokens, sequence) =>
        {
            var advice = Advisor.Advise(tokens, sequence, 1, null);
            return advice.RecommendedTokens <= advice.CriticalTokens && 2 * advice.RecommendedTokens > advice.CriticalTokens
                && advice.RecommendedTokens % sequence == 0;
        });

    [Fact]
    public void A_lower_loss_allows_a_larger_batch() => Assert.True(Critical.TokensAtLoss(2.5) > Critical.TokensAtLoss(3.0));
}
