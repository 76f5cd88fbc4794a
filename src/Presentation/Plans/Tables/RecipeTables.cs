using SlmPlanner.Core.Economics.Recipe;
using SlmPlanner.Presentation.Tables;
using SlmPlanner.Presentation.Wording;

namespace SlmPlanner.Presentation.Plans.Tables;

/// <summary>With what batch, learning rate and weight decay to train.</summary>
internal static class RecipeTables
{
    private static readonly Dictionary<string, string> Words = new(StringComparer.Ordinal)
    {
        ["step-law"] = "Step Law", ["power-lines"] = "Power Lines", ["deepseek"] = "DeepSeek", ["critical-batch"] = "critical batch",
        ["adamw-timescale"] = "AdamW time scale",
    };

    /// <summary>What each rule is called, by its key.</summary>
    public static IReadOnlyDictionary<string, string> Rules => Words;

    /// <summary>The four numbers of the batch, and the rates beside them.</summary>
    public static ReportTable Recipe(TrainingRecipe? recipe) => recipe is null ? ReportTable.Of<RuledAmount>("", [], [])
        : ReportTable.Of<(string Name, string Value, string Source)>(
        "Batch and rates", Rows(recipe), new("what", row => row.Name), new("value", row => row.Value, IsNumber: true),
        new("by", row => row.Source));

    private static IEnumerable<(string Name, string Value, string Source)> Rows(TrainingRecipe recipe)
    {
        yield return ("batch of this plan", Tokens(recipe.BatchTokens), "");
        foreach (var rule in recipe.OptimalBatch)
            yield return ("batch with the least compute", Tokens(rule.Amount), Source(rule));
        yield return ("free range about it (about 5 % of compute)", $"{Tokens(recipe.FreeFromTokens)} to {Tokens(recipe.FreeUntilTokens)}",
            "half to twice the first");
        yield return ("batch with a fifth more tokens", Tokens(recipe.TwentyPercentBatch.Amount), Source(recipe.TwentyPercentBatch));
        yield return ("knee: twice the tokens, half the steps", Tokens(recipe.KneeBatch.Amount), Source(recipe.KneeBatch));
        if (recipe.BatchWarmup is { } warmup)
            yield return ("batch warm-up", string.Join(", ", warmup.Stages.Select((stage, index) => index == warmup.Stages.Count - 1
                ? $"then {Readable.Count(stage.BatchTokens)}"
                : $"{Readable.Count(stage.BatchTokens)} until {Readable.Count(stage.UntilTokens)} tokens")),
                $"saves {Readable.Percent(warmup.SavedShare)} of the tokens, if the critical batch grows so within a run (assumed, "
                + $"unverified)");
        foreach (var rule in recipe.LearningRate)
            yield return ("peak learning rate", rule.Amount.ToString("0.00e0", System.Globalization.CultureInfo.InvariantCulture),
                Source(rule));
        yield return ("weight decay", Readable.Number(recipe.WeightDecay.Amount), Source(recipe.WeightDecay));
        yield return ("steps, of them warm-up", $"{Readable.Whole(recipe.Steps)}, {Readable.Whole(recipe.WarmupSteps)}",
            "cosine to a tenth; common practice");
    }

    private static string Tokens(double tokens) => Readable.Count(tokens) + " tokens";

    private static string Source(RuledAmount rule) => $"{Words[rule.Rule]}{(rule.Verified ? "" : " (constants recalled, unverified)")}";
}
