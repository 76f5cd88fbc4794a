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

/// <summary>What a launcher starts on each machine in place of a script of the user's own.</summary>
/// <param name="Install">Shell lines that install what it needs.</param>
/// <param name="Body">Shell lines that run it, with the machine's rank in <c>NODE_RANK</c> and the first one's address in
/// <c>MASTER_ADDR</c>.</param>
internal sealed record LaunchScript(string Install, string Body);
