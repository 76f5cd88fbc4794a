using SlmPlanner.Core.Economics.Recipe;
using SlmPlanner.Core.Planning.Results;

namespace SlmPlanner.Planner.Export;

/// <summary>What a launch file starts.</summary>
/// <param name="Candidate">What to run, with its id.</param>
/// <param name="Recipe">
/// With what batch and rates a script of the user's own is to train; null where the plan has none. A training program has them among its
/// settings.
/// </param>
/// <param name="Script">A training program and its settings; null for a script of the user's own.</param>
internal sealed record Launch(Candidate Candidate, TrainingRecipe? Recipe = null, LaunchScript? Script = null);
