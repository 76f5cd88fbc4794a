using SlmPlanner.Core.Units;

namespace SlmPlanner.Core.Planning.Probes;

/// <summary>The numbers of <c>profiles/probe.json</c>: how long a probe is and how exact.</summary>
/// <param name="SchemaVersion">Version of the file format.</param>
/// <param name="Minutes">Minutes of measuring where none are asked for.</param>
/// <param name="MeanError">Mean of |predicted / measured − 1| of step times after it, on the device that was measured.</param>
public sealed record ProbeProfile(int SchemaVersion, SourcedNumber Minutes, SourcedNumber MeanError)
{
    /// <summary>
    /// Standard deviation of the logarithm of which <see cref="MeanError"/> is the mean size: √(π/2) times it, for a normal.
    /// </summary>
    public double LogError => MeanError.Value * Math.Sqrt(Math.PI / 2);
}
