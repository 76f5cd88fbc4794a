using System.Globalization;
using SlmPlanner.Core.Economics.Recipe;

namespace SlmPlanner.Planner.Export;

/// <summary>
/// The recipe of a plan as names and values: steps, learning rate and its schedule, weight decay, Adam's β₁ and β₂, and clipping. A script
/// of the user's own gets them as arguments, a person reads them as comments.
/// </summary>
internal static class RecipeFacts
{
    /// <summary>The schedule that the recipe means: it rises in a line, then falls as half a cosine to the last rate.</summary>
    private const string Schedule = "cosine";

    /// <summary>All, in order; empty where a plan has no recipe, as of fine-tuning.</summary>
    public static IReadOnlyList<(string Key, string Value)> Of(TrainingRecipe? recipe) => recipe is null ? [] :
    [
        ("steps", Text(recipe.Steps)),
        ("batch_tokens", Text(recipe.BatchTokens)),
        ("learning_rate", Text(recipe.LearningRate[0].Amount)),
        ("lr_schedule", Schedule),
        ("warmup_steps", Text(recipe.WarmupSteps)),
        ("final_learning_rate", Text(recipe.FinalLearningRate)),
        ("weight_decay", Text(recipe.WeightDecay.Amount)),
        ("beta1", Text(recipe.Beta1)),
        ("beta2", Text(recipe.Beta2)),
        ("clip_norm", Text(recipe.ClipNorm)),
    ];

    /// <summary>A number as programs in Python read it, to four digits, which no rule is better than; counts in full.</summary>
    private static string Text(double value) => double.IsInteger(value) ? value.ToString("F0", CultureInfo.InvariantCulture)
        : value.ToString("G4", CultureInfo.InvariantCulture);
}
