namespace SlmPlanner.Calibrator.Distributed.Launch;

/// <summary>How a group of ranks ended.</summary>
/// <param name="ExitCode">The launcher's exit code.</param>
/// <param name="Output">What the ranks wrote to standard output.</param>
/// <param name="Failure">Why they ended early; null when they did not.</param>
internal sealed record LaunchOutcome(int ExitCode, string Output, RankFailure? Failure);
