namespace SlmPlanner.Core.Planning.Scheduling;

/// <summary>One way to run a job: devices against time.</summary>
/// <param name="Gpus">Devices: at most one machine's, or whole machines.</param>
/// <param name="Minutes">Whole minutes that it then takes, ≥ 1.</param>
public sealed record JobMode(int Gpus, int Minutes);
