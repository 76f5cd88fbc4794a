using CsCheck;
using SlmPlanner.Core.Economics.Loss;

namespace SlmPlanner.Tests.Loss;

public sealed class RepetitionTests
{
    private static readonly Repetition Data = new(1e9);

    /// <summary>What the paper's law says a token is worth on average after 2, 4, 8, 16 and 40 epochs: 98, 93, 83, 66, 38 %.</summary>
    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 0.98)]
    [InlineData(4, 0.93)]
    [InlineData(8, 0.83)]
    [InlineData(16, 0.66)]
    [InlineData(40, 0.38)]
    public void Repeated_tokens_are_worth_what_the_paper_says(double epochs, double share) =>
        Assert.Equal(share, Data.Worth(epochs * 1e9) / (epochs * 1e9), 0.011);

    [Fact]
    public void No_number_of_passes_is_worth_more_than_16_4_times_the_data()
    {
        Assert.Equal(16.39e9, Data.Worth(1e15), 1e7);
        Assert.Null(Data.TokensFor(16.5e9));
    }

    [Fact]
    public void Worth_grows_by_less_than_the_tokens_and_is_taken_back_by_its_inverse() => Gen.Double[1e8, 1e11].Sample(tokens =>
    {
        Assert.True(Data.Worth(tokens) <= tokens * (1 + 1e-12));
        Assert.Equal(tokens, Data.TokensFor(Data.Worth(tokens))!.Value, tokens * 1e-6);
    });

    [Fact]
    public void What_the_next_token_is_worth_is_the_slope() => Gen.Double[1.001e9, 1e11].Sample(tokens =>
        Assert.Equal((Data.Worth(tokens * 1.0001) - Data.Worth(tokens)) / (tokens * 0.0001), Data.NextWorth(tokens), 0.001));
}
