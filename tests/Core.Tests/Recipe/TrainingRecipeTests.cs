using SlmPlanner.Core.Economics.Recipe;
using SlmPlanner.Data.Economics;

namespace SlmPlanner.Tests.Recipe;

public sealed class TrainingRecipeTests
{
    private static readonly RecipeRules Rules = new(RecipeFile.Read(Repository.Profiles), BatchFile.Read(Repository.Profiles));

    /// <summary>1B parameters on 20B tokens, each number worked by hand from its formula and rounded as a person would say it.</summary>
    [Fact]
    public void The_numbers_of_a_billion_parameters_on_twenty_billion_tokens()
    {
        var recipe = Rules.Of(1e9, 1e9, 20e9, 524_288);
        Assert.Equal(0.44e6, recipe.OptimalBatch[0].Amount, 0.01e6);
        Assert.Equal(0.55e6, recipe.OptimalBatch[1].Amount, 0.01e6);
        Assert.Equal(1.08e6, recipe.OptimalBatch[2].Amount, 0.01e6);
        Assert.Equal(1.23e6, recipe.TwentyPercentBatch.Amount, 0.01e6);
        Assert.Equal(5.5e6, recipe.KneeBatch.Amount, 0.05e6);
        Assert.Equal(1.0e-3, recipe.LearningRate[0].Amount, 0.05e-3);
        Assert.Equal(9.6e-4, recipe.LearningRate[1].Amount, 0.05e-4);
        Assert.Equal(recipe.OptimalBatch[0].Amount / 2, recipe.FreeFromTokens);
        Assert.Equal(recipe.OptimalBatch[0].Amount * 2, recipe.FreeUntilTokens);
    }

    /// <summary>τ = 1.084 · 20^−0.527 = 0.2235 passes, so λ = 524,288 / (η · 0.2235 · 2·10^10).</summary>
    [Fact]
    public void Weight_decay_follows_from_the_time_scale()
    {
        var recipe = Rules.Of(1e9, 1e9, 20e9, 524_288);
        Assert.Equal(524_288 / (recipe.LearningRate[0].Amount * 0.2235 * 20e9), recipe.WeightDecay.Amount, 3e-4);
        Assert.False(recipe.WeightDecay.Verified);
        Assert.True(recipe.LearningRate[0].Verified);
    }

    [Fact]
    public void Steps_cover_the_tokens_and_the_rate_rises_in_few_of_them()
    {
        var recipe = Rules.Of(1e9, 0.9e9, 20e9, 524_288);
        Assert.Equal(38_147, recipe.Steps);
        Assert.Equal(381, recipe.WarmupSteps);
        Assert.Equal(2_000, Rules.Of(1e9, 0.9e9, 2e12, 524_288).WarmupSteps);
        Assert.Equal(1, Rules.Of(1e6, 1e6, 1e6, 524_288).WarmupSteps);
    }
}
