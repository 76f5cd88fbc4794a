using SlmPlanner.Core.Planning.Results;

namespace SlmPlanner.Core.Planning.Scheduling;

/// <summary>Which jobs to run on a fleet within a horizon, and when.</summary>
/// <param name="Nodes">Machines.</param>
/// <param name="GpusPerNode">Devices per machine.</param>
/// <param name="HorizonMinutes">Time at hand.</param>
/// <param name="Jobs">The jobs.</param>
public sealed record ScheduleProblem(int Nodes, int GpusPerNode, int HorizonMinutes, IReadOnlyList<Job> Jobs)
{
    /// <summary>Machines that a mode occupies, wholly or in part.</summary>
    public int NodesOf(JobMode mode) => (mode.Gpus + GpusPerNode - 1) / GpusPerNode;

    /// <summary>Devices that a mode takes on each of its machines.</summary>
    public int GpusOnNode(JobMode mode) => Math.Min(mode.Gpus, GpusPerNode);

    /// <summary>
    /// No schedule of these jobs can end earlier: the longest of their shortest times, and their least device-minutes
    /// spread over all devices.
    /// </summary>
    public int MakespanBound(IEnumerable<Job> jobs)
    {
        var chosen = jobs.ToList();
        var longest = chosen.Select(job => job.Modes.Min(mode => mode.Minutes)).DefaultIfEmpty(0).Max();
        var area = chosen.Sum(job => job.Modes.Min(mode => (long)mode.Minutes * mode.Gpus));
        return (int)Math.Max(longest, (area + Nodes * GpusPerNode - 1) / (Nodes * GpusPerNode));
    }
}

/// <summary>A training run that waits for machines.</summary>
/// <param name="Name">Unique name.</param>
/// <param name="Value">What finishing it is worth, in whole points ≥ 1, against the other jobs.</param>
/// <param name="Modes">The ways to run it; empty when it fits no number of devices.</param>
public sealed record Job(string Name, int Value, IReadOnlyList<JobMode> Modes);

/// <summary>One way to run a job: devices against time.</summary>
/// <param name="Gpus">Devices: at most one machine's, or whole machines.</param>
/// <param name="Minutes">Whole minutes that it then takes, ≥ 1.</param>
public sealed record JobMode(int Gpus, int Minutes);
