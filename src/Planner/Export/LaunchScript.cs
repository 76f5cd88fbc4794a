namespace SlmPlanner.Planner.Export;

/// <summary>What a launcher starts on each machine in place of a script of the user's own.</summary>
/// <param name="Install">Shell lines that install what it needs.</param>
/// <param name="Body">Shell lines that run it, with the machine's rank in <c>NODE_RANK</c> and the first one's address in
/// <c>MASTER_ADDR</c>.</param>
internal sealed record LaunchScript(string Install, string Body);
