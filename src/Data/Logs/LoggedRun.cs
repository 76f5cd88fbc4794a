using SlmPlanner.Core.Measurements.Runs;
using SlmPlanner.Data.Logs.Formats;

namespace SlmPlanner.Data.Logs;

/// <summary>A run as its logs tell it.</summary>
/// <param name="Places">Its files or addresses, in order.</param>
/// <param name="Format">The form of its logs; null where none is known.</param>
/// <param name="Log">What they tell; null where they could not be read.</param>
/// <param name="Problem">Why nothing or not all was read, in a sentence; null where all was.</param>
public sealed record LoggedRun(IReadOnlyList<string> Places, LogFormat? Format, RunLog? Log, string? Problem)
{
    /// <summary>The name by which people know the run: its first file without folders.</summary>
    public string Name => Path.GetFileName(Places[0].TrimEnd('/', '\\')) is { Length: > 0 } name ? name : Places[0];
}
