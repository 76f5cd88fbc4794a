using SlmPlanner.Presentation.Wording;

namespace SlmPlanner.Planner.Tests.Presentation.Plans;

/// <summary>The verdict about memory in words: above 0.9, 0.5 and 0.1, with the probability.</summary>
public sealed class MemoryVerdictWordsTests
{
    [Theory]
    [InlineData(0.995, "fits (> 99 %)", "> 99 %", "It fits (> 99 %)")]
    [InlineData(0.83, "likely (83 %)", "likely 83 %", "It is likely to fit (83 %)")]
    [InlineData(0.5, "unlikely (50 %)", "unlikely 50 %", "It is unlikely to fit (50 %)")]
    [InlineData(0.004, "does not fit (< 1 %)", "does not fit < 1 %", "It does not fit (< 1 %)")]
    public void A_probability_has_a_word(double probability, string words, string narrow, string sentence)
    {
        var candidate = ExampleCandidate.Of(ExampleDevice.All[0], 8) with { FitsProbability = probability };
        Assert.Equal(words, AnswerWords.Fits(candidate));
        Assert.Equal(narrow, AnswerWords.FitsShort(candidate));
        Assert.Equal(sentence, AnswerWords.FitsSentence(candidate));
    }

    [Fact]
    public void What_is_not_known_has_none()
    {
        var candidate = ExampleCandidate.Of(ExampleDevice.All[0], 8) with { FitsProbability = null };
        Assert.Null(AnswerWords.FitsSentence(candidate));
        Assert.Equal(AnswerWords.Fits(candidate), AnswerWords.FitsShort(candidate));
    }
}
