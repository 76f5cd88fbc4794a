namespace SlmPlanner.Calibrator.Distributed.Launch;

/// <summary>How a command was asked to run on ranks.</summary>
/// <param name="Ranks">Ranks to start, ≥ 1.</param>
/// <param name="HostFile">The launcher's host file; null for this host only.</param>
/// <param name="StallLimit">The longest wait of one rank in one collective.</param>
/// <param name="Limit">The longest run of all ranks, where this program starts them.</param>
internal sealed record LaunchOptions(int Ranks, string? HostFile, TimeSpan StallLimit, TimeSpan Limit);
