using SlmPlanner.Calibrator.Distributed.Launch;
using SlmPlanner.Calibrator.Matrix;

namespace SlmPlanner.Calibrator.Runs;

/// <summary>What a run is asked to do.</summary>
internal sealed record RunSettings
{
    /// <summary>cpu or cuda:N.</summary>
    public required string Device { get; init; }

    /// <summary>Threads of each burst.</summary>
    public required int Threads { get; init; }

    /// <summary>Ranks to measure together, and their limits; null for one process.</summary>
    public LaunchOptions? Launch { get; init; }

    /// <summary>Time that the run may take.</summary>
    public required double BudgetSeconds { get; init; }

    /// <summary>Seed of the choice of bursts.</summary>
    public required int Seed { get; init; }

    /// <summary>The values that bursts are drawn from.</summary>
    public required PoolRanges Ranges { get; init; }

    /// <summary>The command line, for the profile's provenance.</summary>
    public required string Command { get; init; }
}
