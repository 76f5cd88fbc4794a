using System.Globalization;
using SlmPlanner.Core.Economics.Recipe;
using SlmPlanner.Presentation.Plans.Tables;
using SlmPlanner.Presentation.Wording;

namespace SlmPlanner.Planner.Export;

/// <summary>Where batch, learning rate and weight decay of a launch file come from, for its reader.</summary>
internal static class RecipeNotes
{
    /// <summary>The notes, a line each.</summary>
    public static IEnumerable<string> Of(TrainingRecipe recipe)
    {
        yield return $"Batch: {Count(recipe.BatchTokens)} tokens a step. Least compute at "
            + $"{string.Join(", ", recipe.OptimalBatch.Select(Amount))}; free range"
            + $" {Count(recipe.FreeFromTokens)} to {Count(recipe.FreeUntilTokens)}; a fifth more tokens at "
            + $"{Amount(recipe.TwentyPercentBatch)};"
            + $" knee at {Amount(recipe.KneeBatch)}.";
        yield return $"Peak learning rate {string.Join(", ", recipe.LearningRate.Select(Rate))}: the first is used. Weight decay"
            + $" {Readable.Number(recipe.WeightDecay.Amount)} ({Source(recipe.WeightDecay)}).";
        if (recipe.BatchWarmup is { } warmup)
            yield return $"A batch that grows would save {Readable.Percent(warmup.SavedShare)} of the tokens, if the critical batch "
                + $"grows so within a run (unverified):"
                + $" {string.Join(", ", warmup.Stages.SkipLast(1).Select(stage => $"{Count(stage.BatchTokens)} until {Count(stage.UntilTokens)} tokens"))},"
                + $" then {Count(warmup.Stages[^1].BatchTokens)}. It is not set here.";
    }

    private static string Amount(RuledAmount rule) => $"{Count(rule.Amount)} ({Source(rule)})";

    private static string Rate(RuledAmount rule) => $"{rule.Amount.ToString("0.00e0", CultureInfo.InvariantCulture)} ({Source(rule)})";

    private static string Source(RuledAmount rule) => RecipeTables.Rules[rule.Rule] + (rule.Verified ? "" : ", recalled");

    private static string Count(double tokens) => Readable.Count(tokens);
}
